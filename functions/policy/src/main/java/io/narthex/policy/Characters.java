package io.narthex.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which characters a text is made of, looked at once each: the module has no regular expressions.
 */
final class Characters {
  private Characters() {}

  /** Whether the text is so many characters long, at least and at most, and all are such. */
  static boolean are(String text, int min, int max, IntPredicate allowed) {
    return text.length() >= min && text.length() <= max && areIn(text, 0, text.length(), allowed);
  }

  /** Whether all of a part of the text, which may be empty, are such. */
  static boolean areIn(String text, int from, int to, IntPredicate allowed) {
    for (int i = from; i < to; i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isUpperCase(int c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(int c) {
    return isLowerCase(c) || isUpperCase(c) || isDigit(c);
  }

  static boolean isHexadecimal(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /**
   * What is between the separators, of which the last part may hold more; at most so many parts.
   */
  static List<String> parts(String text, char separator, int max) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && parts.size() < max - 1;
        at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
