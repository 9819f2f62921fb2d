package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * Records of one width, one after the other, sorted in place by their first bytes. Sorting takes no
 * further memory and no longer for records that were chosen to make it slow.
 */
final class Records {
  private static final int SMALL = 24;
  private static final int RADIX = 256;

  /** Eight bytes that are in the order of their number: keys are short, and quickly compared so. */
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final VarHandle WORD_IN_ARRAY =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MemorySegment bytes;
  private final int width;
  private final int key;
  private final byte[] one;
  private final byte[] other;

  /**
   * @param bytes all records
   * @param width bytes of one
   * @param key how many of its first bytes are compared, unsigned
   */
  Records(MemorySegment bytes, int width, int key) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.width = width;
    this.key = key;
    this.one = new byte[width];
    this.other = new byte[width];
  }

  /**
   * The records of a spool, sorted; it is closed.
   *
   * @param memory as long as all of them are
   */
  static Records of(Spool spool, MemorySegment memory, int width, int key) {
    long[] to = new long[1];
    spool.forEach(
        (at, record) -> {
          MemorySegment.copy(record, 0, memory, ValueLayout.JAVA_BYTE, to[0], width);
          to[0] += width;
        });
    spool.close();
    var records = new Records(memory, width, key);
    records.sort();
    return records;
  }

  /** How many there are. */
  long count() {
    return bytes.byteSize() / width;
  }

  /** One record, copied. */
  byte[] get(long index) {
    byte[] record = new byte[width];
    load(index, record);
    return record;
  }

  /** A number of eight bytes in a record. */
  long number(long index, int offset) {
    return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, index * width + offset);
  }

  /** Whether two records have the same key. */
  boolean isSame(long first, long second) {
    return compare(first, second) == 0;
  }

  /** Sorts all of them; by one thread, with no reader. */
  void sort() {
    sort(0, count(), 0);
  }

  /** Moves records together so that of those with the same key only the first stays. */
  Records distinct() {
    long kept = 0;
    for (long i = 0; i < count(); i++) {
      if (kept == 0 || compare(kept - 1, i) != 0) {
        MemorySegment.copy(bytes, i * width, bytes, kept * width, width);
        kept++;
      }
    }
    return new Records(bytes.asSlice(0, kept * width), width, key);
  }

  /** The first of these sorted records whose key is not less; {@link #count} if all are less. */
  long lowerBound(byte[] wanted, long from, long to) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (compare(middle, wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first of these sorted records that has this key; empty if none has. */
  OptionalLong find(byte[] wanted) {
    return find(wanted, 0, count());
  }

  /** The same among some of them. */
  OptionalLong find(byte[] wanted, long from, long to) {
    long at = lowerBound(wanted, from, to);
    return at < to && hasKey(at, wanted) ? OptionalLong.of(at) : OptionalLong.empty();
  }

  /** Whether a record has this key. */
  boolean hasKey(long index, byte[] wanted) {
    return compare(index, wanted) == 0;
  }

  int unsigned(long index, int offset) {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, index * width + offset));
  }

  private void sort(long from, long to, int depth) {
    if (depth == key || to - from < 2) {
      return;
    }
    if (to - from <= SMALL) {
      insert(from, to);
      return;
    }
    long[] next = starts(from, to, depth);
    long[] end = new long[RADIX];
    System.arraycopy(next, 1, end, 0, RADIX - 1);
    end[RADIX - 1] = to;
    long[] begin = next.clone();
    for (int bucket = 0; bucket < RADIX; bucket++) {
      while (next[bucket] < end[bucket]) {
        place(bucket, next, depth);
      }
    }
    for (int bucket = 0; bucket < RADIX; bucket++) {
      sort(begin[bucket], end[bucket], depth + 1);
    }
  }

  private long[] starts(long from, long to, int depth) {
    long[] starts = new long[RADIX + 1];
    for (long i = from; i < to; i++) {
      starts[unsigned(i, depth) + 1]++;
    }
    starts[0] = from;
    for (int bucket = 1; bucket <= RADIX; bucket++) {
      starts[bucket] += starts[bucket - 1];
    }
    long[] begins = new long[RADIX];
    System.arraycopy(starts, 0, begins, 0, RADIX);
    return begins;
  }

  /** Swaps the next record of a bucket's place to where it belongs. */
  private void place(int bucket, long[] next, int depth) {
    int right = unsigned(next[bucket], depth);
    if (right != bucket) {
      swap(next[bucket], next[right]);
    }
    next[right]++;
  }

  private void insert(long from, long to) {
    for (long i = from + 1; i < to; i++) {
      for (long j = i; j > from && compare(j - 1, j) > 0; j--) {
        swap(j - 1, j);
      }
    }
  }

  private void swap(long first, long second) {
    load(first, one);
    load(second, other);
    store(first, other);
    store(second, one);
  }

  private int compare(long first, long second) {
    int order = 0;
    int at = 0;
    for (; order == 0 && at + Long.BYTES <= key; at += Long.BYTES) {
      order = Long.compareUnsigned(word(first, at), word(second, at));
    }
    for (; order == 0 && at < key; at++) {
      order = Integer.compare(unsigned(first, at), unsigned(second, at));
    }
    return order;
  }

  private int compare(long index, byte[] wanted) {
    int order = 0;
    int at = 0;
    for (; order == 0 && at + Long.BYTES <= key; at += Long.BYTES) {
      order = Long.compareUnsigned(word(index, at), (long) WORD_IN_ARRAY.get(wanted, at));
    }
    for (; order == 0 && at < key; at++) {
      order = Integer.compare(unsigned(index, at), Byte.toUnsignedInt(wanted[at]));
    }
    return order;
  }

  private long word(long index, int offset) {
    return bytes.get(WORD, index * width + offset);
  }

  private void load(long index, byte[] record) {
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, index * width, record, 0, width);
  }

  private void store(long index, byte[] record) {
    MemorySegment.copy(record, 0, bytes, ValueLayout.JAVA_BYTE, index * width, width);
  }
}
