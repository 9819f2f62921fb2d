package io.narthex.nix.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte in a text, eight of them at a time. */
public final class ByteSearch {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;

  private ByteSearch() {}

  /**
   * Where a character of ASCII is first.
   *
   * @param start from where on it is looked for
   * @param end behind the last byte that is looked at
   * @return the end if it is not there, or the start if that is not before the end
   */
  public static int indexOf(char character, byte[] text, int start, int end) {
    long everywhere = LOW_BITS * character;
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long other = (long) WORDS.get(text, at) ^ everywhere;
      // The lowest high bit is of the first byte that is zero; a borrow may set more above it.
      long zeros = (other - LOW_BITS) & ~other & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (at < end && text[at] != character) {
      at++;
    }
    return at;
  }
}
