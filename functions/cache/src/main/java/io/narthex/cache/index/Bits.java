package io.narthex.cache.index;

import java.io.ByteArrayOutputStream;

/** Writes numbers bit by bit, the highest bit of a byte first. */
final class Bits {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int pending;
  private int count;

  /** The lowest bits of a value, the highest of them first. */
  void write(long value, int bits) {
    for (int i = bits - 1; i >= 0; i--) {
      writeBit((int) (value >>> i) & 1);
    }
  }

  /** That many ones and a zero. */
  void writeUnary(long value) {
    for (long i = 0; i < value; i++) {
      writeBit(1);
    }
    writeBit(0);
  }

  private void writeBit(int bit) {
    pending = (pending << 1) | bit;
    count++;
    if (count == Byte.SIZE) {
      bytes.write(pending);
      pending = 0;
      count = 0;
    }
  }

  /** All that was written, filled up with zeros to whole bytes. */
  byte[] toByteArray() {
    while (count > 0) {
      writeBit(0);
    }
    return bytes.toByteArray();
  }
}
