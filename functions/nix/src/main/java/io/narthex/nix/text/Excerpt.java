package io.narthex.nix.text;

import static java.util.Objects.requireNonNullElse;

/**
 * Foreign text made fit for a message: in single quotes, at most {@value #MAX_LENGTH} characters of
 * it, control characters and lone surrogates as {@code \}{@code uXXXX}.
 */
public final class Excerpt {
  /** How many UTF-16 units of the text are shown. */
  public static final int MAX_LENGTH = 80;

  private Excerpt() {}

  /** The quoted text, e.g. {@code 'nar/x.nar'}; a long one ends in {@code …}. */
  public static String of(String text) {
    var quoted = new StringBuilder("'");
    text.substring(0, Math.min(MAX_LENGTH, text.length()))
        .codePoints()
        .forEach(c -> append(quoted, c));
    return quoted.append(text.length() > MAX_LENGTH ? "…'" : "'").toString();
  }

  /** The message of a complaint about text, which every type here words for users. */
  public static String reason(IllegalArgumentException complaint) {
    return requireNonNullElse(complaint.getMessage(), "invalid");
  }

  private static void append(StringBuilder quoted, int codePoint) {
    if (isPrintable(codePoint)) {
      quoted.appendCodePoint(codePoint);
    } else {
      quoted.append(String.format("\\u%04x", codePoint));
    }
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
