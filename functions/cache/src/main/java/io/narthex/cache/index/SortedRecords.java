package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.util.Arrays;

/**
 * Records of the same length in an object that is never written again, sorted as bytes.
 *
 * @param at where in the object the first of them begins
 * @param length of a record in bytes
 */
record SortedRecords(ObjectStore state, ObjectKey key, long at, int length) {
  /** So few are read at once rather than searched: some tens of kilobytes. */
  private static final int FEW = 2048;

  SortedRecords {
    requireNonNull(state, "state is null");
    requireNonNull(key, "key is null");
  }

  /**
   * The number of the first record that is not before this one, between two numbers; the second of
   * them if there is none. One small request for each halving, until few are left.
   */
  long find(byte[] record, long from, long to) {
    long low = from;
    long high = to;
    while (high - low > FEW) {
      long middle = low + (high - low) / 2;
      if (Arrays.compareUnsigned(read(middle, 1), record) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    byte[] left = low == high ? new byte[0] : read(low, (int) (high - low));
    int passed = 0;
    while (passed < left.length && compare(left, passed, record) < 0) {
      passed += length;
    }
    return low + passed / length;
  }

  private int compare(byte[] records, int from, byte[] record) {
    return Arrays.compareUnsigned(records, from, from + length, record, 0, length);
  }

  /** The record that would come right after one; the least of all after the greatest. */
  static byte[] following(byte[] record) {
    byte[] following = record.clone();
    for (int i = following.length - 1; i >= 0; i--) {
      following[i]++;
      if (following[i] != 0) {
        break;
      }
    }
    return following;
  }

  /** So many records from one on. */
  byte[] read(long first, int count) {
    int size = Math.multiplyExact(count, length);
    byte[] part =
        state
            .read(key, at + first * length, size)
            .orElseThrow(() -> new StoreException(key + " is not there"));
    if (part.length < size) {
      throw new StoreException(key + " ends in the middle");
    }
    return part;
  }
}
