package io.narthex.cache.index;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Numbers in groups of seven bits, the lowest first, the highest bit of a byte for more. */
final class VarInt {
  private VarInt() {}

  /** A number, not negative, as bytes. */
  static byte[] bytes(long value) {
    var bytes = new ByteArrayOutputStream();
    long rest = value;
    while (rest >= 0x80) {
      bytes.write((int) (rest | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  static long read(ByteBuffer source) throws MalformedIndexException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      if (!source.hasRemaining()) {
        break;
      }
      byte next = source.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedIndexException("a number does not end");
  }
}
