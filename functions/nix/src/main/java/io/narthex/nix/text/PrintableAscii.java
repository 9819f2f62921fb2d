package io.narthex.nix.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells text that needs no closer look: nothing but printable ASCII and newlines. */
public final class PrintableAscii {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long SPACES = LOW_BITS * ' ';
  private static final byte LAST = '~';

  private PrintableAscii() {}

  /** Whether these bytes are such text. */
  public static boolean is(byte[] bytes) {
    int whole = bytes.length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      // A high bit for a byte below a space, above ASCII, or DEL; a borrow may set more of them.
      long odd = ((word - SPACES) | word | (word + LOW_BITS)) & HIGH_BITS;
      if (odd != 0 && !isEach(bytes, i, i + Long.BYTES)) {
        return false;
      }
    }
    return isEach(bytes, whole, bytes.length);
  }

  private static boolean isEach(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if ((bytes[i] < ' ' && bytes[i] != '\n') || bytes[i] > LAST) {
        return false;
      }
    }
    return true;
  }
}
