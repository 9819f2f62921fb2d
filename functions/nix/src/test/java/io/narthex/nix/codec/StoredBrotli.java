package io.narthex.nix.codec;

import java.io.ByteArrayOutputStream;

/** Writes a brotli stream without compression: RFC 7932, section 9.2. */
final class StoredBrotli {
  private static final int BLOCK = 1 << 16;

  private StoredBrotli() {}

  static byte[] encode(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int headerBits = 1; // a window of 64 KiB is one bit, zero
    for (int at = 0; at < bytes.length; at += BLOCK) {
      int length = Math.min(BLOCK, bytes.length - at);
      // not last (0), length in four nibbles (00), length - 1, uncompressed (1)
      long bits = ((length - 1L) << 3 | 1L << 19) << headerBits;
      int width = (20 + headerBits + 7) / 8;
      for (int i = 0; i < width; i++) {
        out.write((int) (bits >> (8 * i)));
      }
      out.write(bytes, at, length);
      headerBits = 0;
    }
    out.write(0b11 << headerBits); // last and empty
    return out.toByteArray();
  }
}
