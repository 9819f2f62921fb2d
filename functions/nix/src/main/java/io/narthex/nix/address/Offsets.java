package io.narthex.nix.address;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;

/** Where a path's own hash occurs: ascending offsets, kept as gaps of 7 bits a byte. */
final class Offsets {
  private final ByteArrayOutputStream gaps = new ByteArrayOutputStream();
  private final int capacity;
  private long last;
  private long count;

  /**
   * @param capacity how many offsets are remembered at most; more are only counted
   */
  Offsets(int capacity) {
    this.capacity = capacity;
  }

  void add(long offset) {
    if (count++ < capacity) {
      write(offset - last);
      last = offset;
    }
  }

  private void write(long gap) {
    long rest = gap;
    while (rest >= 0x80) {
      gaps.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    gaps.write((int) rest);
  }

  long count() {
    return count;
  }

  boolean isComplete() {
    return count <= capacity;
  }

  /** Feeds {@code |<decimal offset>} for each offset in turn. */
  void feed(MessageDigest digest) {
    long offset = 0;
    long gap = 0;
    int shift = 0;
    for (byte b : gaps.toByteArray()) {
      gap |= (long) (b & 0x7f) << shift;
      shift += 7;
      if (b >= 0) {
        offset += gap;
        digest.update(("|" + offset).getBytes(US_ASCII));
        gap = 0;
        shift = 0;
      }
    }
  }
}
