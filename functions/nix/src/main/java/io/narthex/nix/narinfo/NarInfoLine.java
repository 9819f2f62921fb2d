package io.narthex.nix.narinfo;

import io.narthex.nix.text.Excerpt;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a narinfo.
 *
 * @param number counted from 1
 * @param name what stands before the first colon
 * @param separator the character behind the colon
 * @param value everything behind the separator
 */
record NarInfoLine(int number, String name, char separator, String value) {
  /** Parts the text into lines; every one has a name, a colon, a separator and a newline. */
  static List<NarInfoLine> split(String text, boolean isPlain) throws MalformedNarInfoException {
    var lines = new ArrayList<NarInfoLine>();
    int start = 0;
    while (start < text.length()) {
      int number = lines.size() + 1;
      int end = text.indexOf('\n', start);
      if (end < 0) {
        throw new MalformedNarInfoException(number, "", "the final newline is missing");
      }
      lines.add(parse(number, text.substring(start, end), isPlain));
      start = end + 1;
    }
    return lines;
  }

  private static NarInfoLine parse(int number, String line, boolean isPlain)
      throws MalformedNarInfoException {
    if (line.isEmpty()) {
      throw new MalformedNarInfoException(number, "", "the line is blank");
    }
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new MalformedNarInfoException(number, "", "not name: value: " + Excerpt.of(line));
    }
    String name = line.substring(0, colon);
    if (!isPlain && hasForbidden(name)) {
      throw new MalformedNarInfoException(
          number, "", "control character in the name " + Excerpt.of(name));
    }
    if (colon + 1 == line.length()) {
      throw new MalformedNarInfoException(
          number, name, "nothing follows the colon; an empty value is a colon and a space");
    }
    char separator = separator(number, name, line.charAt(colon + 1));
    String value = line.substring(colon + 2);
    if (!isPlain && hasForbidden(value)) {
      throw new MalformedNarInfoException(
          number, name, "control character in the value " + Excerpt.of(value));
    }
    return new NarInfoLine(number, name, separator, value);
  }

  /** Whether a text has a control character; none of them is beyond the basic plane. */
  static boolean hasForbidden(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isForbidden(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static char separator(int number, String name, char separator)
      throws MalformedNarInfoException {
    // Nix skips one byte here, whatever it is: half a character, if that is not ASCII.
    if (separator != '\t' && (isForbidden(separator) || separator > '~')) {
      throw new MalformedNarInfoException(number, name, "no space follows the colon");
    }
    return separator;
  }

  /** Control characters could forge header lines or hide text; a lone surrogate is not text. */
  static boolean isForbidden(int c) {
    return c < ' ' || (c > '~' && (Character.isISOControl(c) || isSurrogate(c)));
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  MalformedNarInfoException malformed(String reason) {
    return new MalformedNarInfoException(number, name, reason);
  }
}
