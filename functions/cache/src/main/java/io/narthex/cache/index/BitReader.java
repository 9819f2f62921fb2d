package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link Bits} wrote, many bits at a time. */
final class BitReader {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** So many bits can be read whatever was read before. */
  private static final int MOST = Long.SIZE - Byte.SIZE;

  private final byte[] bytes;
  private int at;

  /** The next bits, the first of them the highest; zeros behind them. */
  private long window;

  private int left;

  /**
   * Reads an array, which is not copied.
   *
   * @param from which byte on
   */
  BitReader(byte[] bytes, int from) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.at = from;
  }

  /** The next bits as a number, {@value #MOST} at most. */
  long read(int bits) throws MalformedIndexException {
    fill();
    if (bits > left) {
      throw tooEarly();
    }
    long value = bits == 0 ? 0 : window >>> (Long.SIZE - bits);
    pass(bits);
    return value;
  }

  /** How many ones stand before a zero. */
  long readUnary() throws MalformedIndexException {
    long value = 0;
    while (true) {
      fill();
      int ones = Long.numberOfLeadingZeros(~window);
      if (ones < left) {
        pass(ones + 1);
        return value + ones;
      }
      if (left == 0) {
        throw tooEarly();
      }
      value += left;
      pass(left);
    }
  }

  private void pass(int bits) {
    window = bits == Long.SIZE ? 0 : window << bits;
    left -= bits;
  }

  private void fill() {
    if (left >= MOST) {
      return;
    }
    if (at + Long.BYTES <= bytes.length) {
      int whole = (Long.SIZE - left) / Byte.SIZE;
      window |= (long) WORDS.get(bytes, at) >>> left;
      at += whole;
      left += whole * Byte.SIZE;
      window &= left == Long.SIZE ? -1 : -1L << (Long.SIZE - left);
    } else {
      while (left <= MOST && at < bytes.length) {
        window |= Byte.toUnsignedLong(bytes[at++]) << (MOST - left);
        left += Byte.SIZE;
      }
    }
  }

  private static MalformedIndexException tooEarly() {
    return new MalformedIndexException("the bits end too early");
  }
}
