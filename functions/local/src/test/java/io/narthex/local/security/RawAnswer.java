package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * An answer as its bytes came, each a character.
 *
 * @param head status line and headers, without the empty line that ends them
 */
record RawAnswer(String head, String body) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  RawAnswer {
    requireNonNull(head, "head is null");
    requireNonNull(body, "body is null");
  }

  static RawAnswer of(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    if (text.startsWith("HTTP/1.1 100 ")) {
      text = text.substring(text.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
    }
    int end = text.indexOf(END_OF_HEAD);
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      throw new IllegalStateException("no answer in HTTP: \"" + text + "\"");
    }
    return new RawAnswer(text.substring(0, end), text.substring(end + END_OF_HEAD.length()));
  }

  int status() {
    return Integer.parseInt(head.substring("HTTP/1.1 ".length()).substring(0, 3));
  }

  /** The first value of a header. */
  Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /** Refused by whoever asked wrongly: 400 to 499. */
  boolean isRefusal() {
    return status() >= 400 && status() < 500;
  }
}
