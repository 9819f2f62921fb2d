package io.narthex.local.cli.login;

import java.net.URI;

/** Where credentials may be sent. */
final class SafeUrl {
  private SafeUrl() {}

  /** Says in an IllegalArgumentException if a URL is neither https nor one of this machine. */
  static void require(URI url) {
    String host = String.valueOf(url.getHost());
    boolean isHere = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    boolean isSafe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isHere);
    if (url.getHost() == null || url.getRawUserInfo() != null || !isSafe) {
      throw new IllegalArgumentException("credentials go to an https URL only, not to " + url);
    }
  }
}
