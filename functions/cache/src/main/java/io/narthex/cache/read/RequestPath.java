package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decodes the path of a URL, once. A plus is a plus: only forms write blanks like that, and store
 * path names have pluses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, percent-encoding</a>
 */
final class RequestPath {
  private static final int ESCAPE_LENGTH = 3;

  private RequestPath() {}

  /** The decoded text; empty for an escape that is none, or bytes that are not UTF-8. */
  static Optional<String> decode(String raw) {
    byte[] bytes = raw.getBytes(UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
      } else if (isEscape(bytes, i)) {
        decoded.write(HexFormat.fromHexDigits(new String(bytes, i + 1, 2, UTF_8)));
        i += ESCAPE_LENGTH - 1;
      } else {
        return Optional.empty();
      }
    }
    return utf8(decoded.toByteArray());
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + ESCAPE_LENGTH <= bytes.length
        && HexFormat.isHexDigit(bytes[at + 1])
        && HexFormat.isHexDigit(bytes[at + 2]);
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
