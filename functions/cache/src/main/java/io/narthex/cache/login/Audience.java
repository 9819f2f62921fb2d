package io.narthex.cache.login;

import static java.util.Locale.ROOT;

import java.net.URI;

/**
 * The cache that a login is for, by the authority of its URL: who was logged in to at one cache
 * cannot log in at another in its user's name, for the signature covers it.
 *
 * @param value host and, if it is not the scheme's own, port; in lower case, e.g. {@code
 *     cache.example.org} or {@code 127.0.0.1:8080}
 */
public record Audience(String value) {
  /** The signed header that names it. STS sees it and does not care. */
  public static final String HEADER = "x-narthex-audience";

  private static final int MAX = 300;

  public Audience {
    if (value.isEmpty() || value.length() > MAX || !value.chars().allMatch(Audience::isAuthority)) {
      throw new IllegalArgumentException("not the host of a cache");
    }
  }

  /**
   * Of a cache's URL.
   *
   * @throws IllegalArgumentException if that has no host
   */
  public static Audience of(URI url) {
    String host = url.getHost();
    if (host == null) {
      throw new IllegalArgumentException("not a URL with a host: " + url);
    }
    return new Audience(host.toLowerCase(ROOT) + (isOwnPort(url) ? "" : ":" + url.getPort()));
  }

  private static boolean isOwnPort(URI url) {
    int standard = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    return url.getPort() < 0 || url.getPort() == standard;
  }

  private static boolean isAuthority(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ".-:[]".indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
