package io.narthex.cache.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** The web token in an {@code Authorization} header: a Bearer's, or the password of Basic. */
final class ShownToken {
  private static final int MAX_HEADER = 10_240;

  private ShownToken() {}

  /** Its text, whatever it is worth; empty if the header holds nothing shaped as one. */
  static Optional<String> of(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0 || authorization.length() > MAX_HEADER) {
      return Optional.empty();
    }
    String rest = authorization.substring(space + 1);
    return switch (authorization.substring(0, space)) {
      case "Bearer", "bearer" -> Optional.of(rest).filter(ShownToken::isShapedAsOne);
      case "Basic", "basic" -> password(rest).filter(ShownToken::isShapedAsOne);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // Three parts in base64url; none of our own secrets has a dot.
  private static boolean isShapedAsOne(String text) {
    return text.chars().filter(c -> c == '.').count() == 2
        && text.chars().allMatch(c -> c == '.' || isBase64Url(c));
  }

  private static boolean isBase64Url(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
