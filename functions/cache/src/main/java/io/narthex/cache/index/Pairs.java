package io.narthex.cache.index;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which path refers to which: 40 bytes each, the reference and then the referrer, in the order in
 * which they are added. They are kept in parts, which are let go of one after the other once they
 * are placed: so all of them are never there twice.
 */
final class Pairs {
  static final int LENGTH = 2 * HashBytes.LENGTH;

  private static final int PART = 4096 * LENGTH;

  /** How wide the slices are that pairs are counted by. */
  private final int bits;

  private final int[] counts;
  private final Deque<byte[]> parts = new ArrayDeque<>();
  private int end = PART;

  /** None yet, to be placed by the slices of this many bits that the references are in. */
  Pairs(int bits) {
    this.bits = bits;
    this.counts = new int[1 << bits];
  }

  /**
   * One more.
   *
   * @param text in which the hash of the reference begins somewhere, as 32 digits
   */
  void add(byte[] text, int start, byte[] referrer) {
    if (end == PART) {
      parts.add(new byte[PART]);
      end = 0;
    }
    byte[] part = parts.getLast();
    HashBytes.write(text, start, part, end);
    System.arraycopy(referrer, 0, part, end + HashBytes.LENGTH, HashBytes.LENGTH);
    counts[slice(part, end)]++;
    end += LENGTH;
  }

  private int slice(byte[] part, int at) {
    return (int) HashBytes.first(part, at, bits);
  }

  /** How many bytes those of a slice have. */
  int size(int slice) {
    return Math.multiplyExact(counts[slice], LENGTH);
  }

  /**
   * Puts them where they belong, those of a slice in the order in which they were added; none are
   * left here.
   *
   * @param starts where those of each slice begin; counted up to where they end
   */
  void place(byte[] target, int[] starts) {
    while (!parts.isEmpty()) {
      byte[] part = parts.remove();
      int until = parts.isEmpty() ? end : PART;
      for (int at = 0; at < until; at += LENGTH) {
        int slice = slice(part, at);
        System.arraycopy(part, at, target, starts[slice], LENGTH);
        starts[slice] += LENGTH;
      }
    }
    end = PART;
  }
}
