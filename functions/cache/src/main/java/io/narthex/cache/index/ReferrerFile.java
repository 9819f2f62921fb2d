package io.narthex.cache.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The pairs of one slice as an object: {@code NXP1}; how many bits name the slice, in one byte; for
 * each of the 256 slices of eight bits more that it consists of the number of its first pair, and
 * the number of all pairs, in 8 bytes each; then the {@link Pairs}, sorted as bytes, so that all
 * referrers of one path lie together.
 *
 * <p>They are sorted where they lie: each is put among those that have the same first bits, of so
 * many that these are few, and these are sorted. Those of one reference are sorted from the start,
 * as pieces have their paths in order.
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

  /** Their places take 4 MB at most. */
  private static final int MOST_BITS = 20;

  /** So few are sorted one by one. */
  private static final int FEW = 32;

  private final int sliceBits;
  private final int bits;

  /** Where those begin that have the same bits after those of the slice, and where the last end. */
  private final int[] starts;

  private final byte[] all;

  private ReferrerFile(int sliceBits, int count) {
    this.sliceBits = sliceBits;
    this.bits =
        Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(count), TABLE_BITS, MOST_BITS);
    this.starts = new int[(1 << bits) + 1];
    this.all = new byte[Math.addExact(PAIRS, Math.multiplyExact(count, Pairs.LENGTH))];
  }

  /** The file of a slice, of pairs that lie in several arrays. */
  static byte[] write(Slice slice, List<Span> sections) {
    long length = sections.stream().mapToLong(Span::length).sum();
    var file = new ReferrerFile(slice.bits(), Math.toIntExact(length / Pairs.LENGTH));
    sections.forEach(file::count);
    file.findStarts();
    file.writeHead();
    int[] next = file.starts.clone();
    sections.forEach(section -> file.place(section, next));
    file.sort();
    return file.all;
  }

  private void count(Span section) {
    byte[] pairs = section.array();
    for (int at = section.from(); at < section.to(); at += Pairs.LENGTH) {
      starts[bucket(pairs, at, sliceBits, bits) + 1]++;
    }
  }

  private void findStarts() {
    starts[0] = PAIRS;
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + starts[i] * Pairs.LENGTH;
    }
  }

  private void writeHead() {
    ByteBuffer head = ByteBuffer.wrap(all).put(MAGIC).put((byte) sliceBits);
    for (int i = 0; i < starts.length; i += 1 << (bits - TABLE_BITS)) {
      head.putLong((starts[i] - PAIRS) / Pairs.LENGTH);
    }
  }

  private void place(Span section, int[] next) {
    byte[] pairs = section.array();
    for (int at = section.from(); at < section.to(); at += Pairs.LENGTH) {
      int bucket = bucket(pairs, at, sliceBits, bits);
      System.arraycopy(pairs, at, all, next[bucket], Pairs.LENGTH);
      next[bucket] += Pairs.LENGTH;
    }
  }

  private void sort() {
    for (int i = 0; i < starts.length - 1; i++) {
      if (!isSorted(starts[i], starts[i + 1])) {
        sort(starts[i], starts[i + 1]);
      }
    }
  }

  private boolean isSorted(int from, int to) {
    for (int at = from + Pairs.LENGTH; at < to; at += Pairs.LENGTH) {
      if (compare(at - Pairs.LENGTH, at) > 0) {
        return false;
      }
    }
    return true;
  }

  private void sort(int from, int to) {
    if (to - from > FEW * Pairs.LENGTH) {
      sortMany(from, to);
      return;
    }
    var moved = new byte[Pairs.LENGTH];
    for (int at = from + Pairs.LENGTH; at < to; at += Pairs.LENGTH) {
      int place = at;
      while (place > from && compare(place - Pairs.LENGTH, at) > 0) {
        place -= Pairs.LENGTH;
      }
      System.arraycopy(all, at, moved, 0, Pairs.LENGTH);
      System.arraycopy(all, place, all, place + Pairs.LENGTH, at - place);
      System.arraycopy(moved, 0, all, place, Pairs.LENGTH);
    }
  }

  private void sortMany(int from, int to) {
    var order = new Integer[(to - from) / Pairs.LENGTH];
    Arrays.setAll(order, i -> from + i * Pairs.LENGTH);
    Arrays.sort(order, this::compare);
    var sorted = ByteBuffer.allocate(to - from);
    for (int at : order) {
      sorted.put(all, at, Pairs.LENGTH);
    }
    sorted.flip().get(all, from, to - from);
  }

  private int compare(int one, int other) {
    return Arrays.compareUnsigned(all, one, one + Pairs.LENGTH, all, other, other + Pairs.LENGTH);
  }

  /** The bits of a reference that come after those of its slice. */
  private static int bucket(byte[] source, int at, int sliceBits, int bits) {
    return (int) HashBytes.first(source, at, sliceBits + bits) & ((1 << bits) - 1);
  }

  /** Where in the object the number of the first pair of a reference's part of the table is. */
  static long tableAt(byte[] reference, int sliceBits) {
    return TABLE + (long) bucket(reference, 0, sliceBits, TABLE_BITS) * Long.BYTES;
  }
}
