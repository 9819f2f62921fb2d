package io.narthex.cache.index;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The pairs of one slice as an object: {@code NXP1}; how many bits name the slice, in one byte; for
 * each of the 256 slices of eight bits more that it consists of the number of its first pair, and
 * the number of all pairs, in 8 bytes each; then the {@link Pairs}, sorted.
 */
final class ReferrerFile {
  static final String CONTENT_TYPE = "application/octet-stream";

  /** How many bits more than its slice's name an entry of the table. */
  static final int TABLE_BITS = 8;

  private static final byte[] MAGIC = {'N', 'X', 'P', '1'};

  /** Where the table begins. */
  static final int TABLE = MAGIC.length + 1;

  /** Where the pairs begin. */
  static final int PAIRS = TABLE + ((1 << TABLE_BITS) + 1) * Long.BYTES;

  private final Slice slice;
  private final long[] table = new long[(1 << TABLE_BITS) + 1];
  private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();

  /** An empty one. */
  ReferrerFile(Slice slice) {
    this.slice = slice;
  }

  /** Whether a pair belongs into it. */
  boolean takes(byte[] source, int at) {
    return HashBytes.first(source, at, slice.bits()) == slice.number();
  }

  /** One more, in their order. */
  void add(byte[] source, int at) {
    pairs.write(source, at, Pairs.LENGTH);
    table[bucket(HashBytes.first(source, at, slice.bits() + TABLE_BITS)) + 1]++;
  }

  private static int bucket(long firstBits) {
    return (int) (firstBits & ((1 << TABLE_BITS) - 1));
  }

  /** Where in the object the number of the first pair of a reference's part of the table is. */
  static long tableAt(byte[] reference, int bits) {
    return TABLE + (long) bucket(HashBytes.first(reference, 0, bits + TABLE_BITS)) * Long.BYTES;
  }

  byte[] write() {
    ByteBuffer all = ByteBuffer.allocate(PAIRS + pairs.size()).put(MAGIC).put((byte) slice.bits());
    long before = 0;
    for (long count : table) {
      before += count;
      all.putLong(before);
    }
    return all.put(pairs.toByteArray()).array();
  }
}
