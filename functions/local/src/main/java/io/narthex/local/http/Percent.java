package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes percent-encoding, strictly: an escape that is none or bytes that are not UTF-8 fail. */
final class Percent {
  private static final int ESCAPE_LENGTH = 3;

  private Percent() {}

  /** The text, decoded once. A plus stays one. */
  static Optional<String> decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw);
    }
    byte[] bytes = raw.getBytes(UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
      } else if (isEscape(bytes, i)) {
        decoded.write(HexFormat.fromHexDigits(raw(bytes, i)));
        i += ESCAPE_LENGTH - 1;
      } else {
        return Optional.empty();
      }
    }
    return utf8(decoded.toByteArray());
  }

  /** The bytes as text; empty if they are not UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + ESCAPE_LENGTH <= bytes.length
        && HexFormat.isHexDigit(bytes[at + 1])
        && HexFormat.isHexDigit(bytes[at + 2]);
  }

  private static String raw(byte[] bytes, int at) {
    return new String(bytes, at + 1, ESCAPE_LENGTH - 1, UTF_8);
  }
}
