package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Byte strings held as a {@link String} with one character (0 to 255) a byte. File names and link
 * targets are bytes that need not be UTF-8; in this form they are lossless, immutable, compact, and
 * {@link String#compareTo} orders them bytewise as the archive does.
 */
final class RawBytes {
  private RawBytes() {}

  static String of(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, ISO_8859_1);
  }

  static String ofUtf8(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return of(bytes, 0, bytes.length);
  }

  static byte[] bytes(String raw) {
    return raw.getBytes(ISO_8859_1);
  }

  static boolean isRaw(String raw) {
    return raw.chars().allMatch(c -> c <= 0xff);
  }

  static boolean isAscii(String raw) {
    return raw.chars().allMatch(c -> c < 0x80);
  }

  /** The text, if the bytes are UTF-8. */
  static Optional<String> utf8(String raw) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(raw))).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /** For messages: the text where it is UTF-8 without control characters, else hex escapes. */
  static String display(String raw) {
    return utf8(raw)
        .filter(text -> text.codePoints().noneMatch(Character::isISOControl))
        .orElseGet(() -> escaped(raw));
  }

  private static String escaped(String raw) {
    StringBuilder text = new StringBuilder();
    raw.chars().forEach(c -> appendEscaped(text, (char) c));
    return text.toString();
  }

  private static void appendEscaped(StringBuilder text, char c) {
    if (c >= 0x20 && c < 0x7f) {
      text.append(c);
    } else {
      text.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
    }
  }
}
