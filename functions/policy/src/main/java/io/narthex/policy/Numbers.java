package io.narthex.policy;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as numeric conditions write them: integers and decimals, without an exponent. */
final class Numbers {
  /** No number of a request is longer, and none may cost more. */
  private static final int MAX_LENGTH = 64;

  private Numbers() {}

  static Optional<BigDecimal> parse(String text) {
    return isNumber(text) ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static boolean isNumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    return text.length() <= MAX_LENGTH
        && (point < 0
            ? isDigits(text, start, text.length())
            : isDigits(text, start, point) && isDigits(text, point + 1, text.length()));
  }

  /** Whether there are digits here, at least one, and nothing else. */
  static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }
}
