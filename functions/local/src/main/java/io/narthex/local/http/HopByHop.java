package io.narthex.local.http;

import java.util.Set;

/**
 * Headers that are between two neighbours and go no further.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, Connection</a>
 */
final class HopByHop {
  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HopByHop() {}

  /** Whether a header of this name, in lower case, is dropped in both directions. */
  static boolean isDropped(String name) {
    return NAMES.contains(name);
  }
}
