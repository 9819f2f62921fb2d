package io.narthex.nix.nar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes JSON as Nix's JSON library does: no space, bytes above 127 as they are, control characters
 * escaped and nothing else.
 */
final class JsonBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Writes ASCII as it is. */
  JsonBytes plain(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Writes a quoted string of bytes, one character each as in {@link RawBytes}. */
  JsonBytes quoted(String raw) {
    out.write('"');
    for (int i = 0; i < raw.length(); i++) {
      escaped(raw.charAt(i));
    }
    out.write('"');
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void escaped(char c) {
    switch (c) {
      case '"' -> plain("\\\"");
      case '\\' -> plain("\\\\");
      case '\b' -> plain("\\b");
      case '\f' -> plain("\\f");
      case '\n' -> plain("\\n");
      case '\r' -> plain("\\r");
      case '\t' -> plain("\\t");
      default -> {
        if (c < 0x20) {
          plain("\\u" + HexFormat.of().toHexDigits(c));
        } else {
          out.write(c);
        }
      }
    }
  }
}
