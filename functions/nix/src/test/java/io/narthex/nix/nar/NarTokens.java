package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes strings of the archive format in any order, right or wrong. */
final class NarTokens {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static NarTokens archive() {
    return new NarTokens().tokens("nix-archive-1");
  }

  NarTokens tokens(String... tokens) {
    for (String token : tokens) {
      length(token.length());
      out.writeBytes(token.getBytes(ISO_8859_1));
      out.writeBytes(new byte[-token.length() & 7]);
    }
    return this;
  }

  NarTokens length(long length) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    return this;
  }

  NarTokens bytes(String latin1) {
    out.writeBytes(latin1.getBytes(ISO_8859_1));
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
