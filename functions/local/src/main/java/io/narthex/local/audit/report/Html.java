package io.narthex.local.audit.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Writes HTML. What comes from a cache goes through {@link #text} or the value of an attribute and
 * nowhere else: both escape it, and make visible what a browser would not show, or would let
 * reorder the text around.
 */
final class Html {
  private final Writer out;

  Html(Writer out) {
    this.out = requireNonNull(out, "out is null");
  }

  /** Markup of our own, as it is. */
  Html markup(String constant) {
    return write(constant);
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String tag, String... attributes) {
    write("<" + tag);
    for (int i = 0; i < attributes.length; i += 2) {
      write(" " + attributes[i] + "=\"");
      write(escaped(attributes[i + 1]));
      write("\"");
    }
    return write(">");
  }

  Html close(String tag) {
    return write("</" + tag + ">");
  }

  /** Text of whatever origin. */
  Html text(String text) {
    return write(escaped(text));
  }

  /** An element with nothing but text in it. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  Html line() {
    return write("\n");
  }

  private Html write(String text) {
    try {
      out.write(text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> {
        if (isShown(point)) {
          escaped.appendCodePoint(point);
        } else {
          escaped.append("[U+%04X]".formatted(point));
        }
      }
    }
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
