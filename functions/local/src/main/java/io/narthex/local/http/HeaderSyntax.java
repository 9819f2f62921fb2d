package io.narthex.local.http;

/**
 * What may stand in a header. A handler's answer is checked here before any of it is sent, so that
 * no value can end its line and begin another header or a body.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5">RFC 9110, fields</a>
 */
final class HeaderSyntax {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
  private static final char LAST_LATIN = 0xff;

  private HeaderSyntax() {}

  /** A token: what a header may be called. */
  static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(HeaderSyntax::isTokenChar);
  }

  /** One line of Latin-1 without control characters but the tab. */
  static boolean isValue(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c <= LAST_LATIN && !Character.isISOControl(c)));
  }

  private static boolean isTokenChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_SIGNS.indexOf(c) >= 0;
  }
}
