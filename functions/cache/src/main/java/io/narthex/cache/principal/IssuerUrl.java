package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The URL of an OIDC issuer, letter by letter as the {@code iss} of its tokens.
 *
 * @param text {@code https} and a host by name, perhaps a port and a path; or {@code http} and the
 *     loopback host, which only a host for tests asks
 */
public record IssuerUrl(String text) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

  public IssuerUrl {
    requireNonNull(text, "text is null");
    problem(text)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem + ": " + text);
            });
  }

  /** As a URI. */
  public URI uri() {
    return URI.create(text);
  }

  /** Whether it is of this very machine. */
  public boolean isLoopback() {
    return uri().getScheme().equals("http");
  }

  private static Optional<String> problem(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      return Optional.of("not a URL");
    }
    if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return Optional.of("not a URL of a host alone");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || text.contains("..")) {
      return Optional.of("a URL with more than a path");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return switch (uri.getScheme()) {
      case "https" -> isName(host) ? Optional.empty() : Optional.of("not a host by its full name");
      case "http" -> LOOPBACK.contains(host) ? Optional.empty() : Optional.of("not https");
      default -> Optional.of("not https");
    };
  }

  /**
   * Whether a host is one by name, in some domain: no address in any spelling, nor this machine.
   */
  static boolean isName(String host) {
    int dot = host.lastIndexOf('.');
    return dot > 0
        && host.substring(dot + 1).chars().anyMatch(Character::isLetter)
        && !host.substring(dot + 1).startsWith("0x")
        && !host.endsWith(".localhost")
        && !host.contains("[");
  }

  @Override
  public String toString() {
    return text;
  }
}
