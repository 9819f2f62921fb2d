package io.narthex.testkit.planted;

import java.util.Arrays;

/** Bytes that are no longer what they were. */
final class Spoiling {
  private Spoiling() {}

  static byte[] cut(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  static byte[] appended(byte[] bytes, byte[] more) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, both, bytes.length, more.length);
    return both;
  }

  /** With one bit changed. */
  static byte[] flipped(byte[] bytes, int index) {
    byte[] changed = bytes.clone();
    changed[index] ^= 1;
    return changed;
  }
}
