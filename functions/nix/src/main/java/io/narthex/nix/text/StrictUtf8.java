package io.narthex.nix.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** UTF-8 that is refused, not mended, when it is malformed. */
public final class StrictUtf8 {
  private static final char REPLACEMENT = '\ufffd';

  private StrictUtf8() {}

  /**
   * The text of these bytes.
   *
   * @throws CharacterCodingException if they are not UTF-8
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    String text = new String(bytes, UTF_8);
    // Malformed bytes become this character, which may also stand there by itself.
    return text.indexOf(REPLACEMENT) < 0
        ? text
        : UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
