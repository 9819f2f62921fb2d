package io.narthex.cache.index;

import java.nio.ByteBuffer;

/** Reads what {@link Bits} wrote, from the position of a buffer on. */
final class BitReader {
  private final ByteBuffer bytes;
  private int current;
  private int left;

  BitReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  long read(int bits) throws MalformedIndexException {
    long value = 0;
    int wanted = bits;
    while (wanted > 0) {
      fill();
      int taken = Math.min(wanted, left);
      value = (value << taken) | ((current >>> (left - taken)) & ((1 << taken) - 1));
      left -= taken;
      wanted -= taken;
    }
    return value;
  }

  /** How many ones stand before a zero. */
  long readUnary() throws MalformedIndexException {
    long value = 0;
    while (true) {
      fill();
      int ones = Integer.numberOfLeadingZeros(~(current << (Integer.SIZE - left)));
      if (ones < left) {
        left -= ones + 1;
        return value + ones;
      }
      value += left;
      left = 0;
    }
  }

  private void fill() throws MalformedIndexException {
    if (left == 0) {
      if (!bytes.hasRemaining()) {
        throw new MalformedIndexException("the bits end too early");
      }
      current = Byte.toUnsignedInt(bytes.get());
      left = Byte.SIZE;
    }
  }
}
