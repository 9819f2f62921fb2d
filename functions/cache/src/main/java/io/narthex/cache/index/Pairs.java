package io.narthex.cache.index;

import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Which path refers to which: 40 bytes each, the reference and then the referrer. They are sorted
 * as bytes, so all referrers of one path lie together.
 */
final class Pairs {
  static final int LENGTH = 2 * HashBytes.LENGTH;

  /** A key is the first bits of a reference, and above which number the pair was added. */
  private static final int NUMBER_BITS = 24;

  private static final int PREFIX_BITS = Long.SIZE - 1 - NUMBER_BITS;

  private byte[] pairs = new byte[64 * LENGTH];
  private int count;

  /** One more; those of one reference are best added in the order of the referrers. */
  void add(StorePathHash reference, byte[] referrer) {
    if (count == 1 << NUMBER_BITS) {
      throw new IllegalStateException("more than " + count + " references in one piece");
    }
    int at = count * LENGTH;
    if (at == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    }
    HashBytes.write(reference, pairs, at);
    System.arraycopy(referrer, 0, pairs, at + HashBytes.LENGTH, HashBytes.LENGTH);
    count++;
  }

  /** Those of each slice of all references of this many bits, sorted. */
  byte[][] sorted(int bits) {
    int[] order = order();
    var slices = new byte[1 << bits][];
    int next = 0;
    for (int slice = 0; slice < slices.length; slice++) {
      var bytes = new ByteArrayOutputStream();
      while (next < count && HashBytes.first(pairs, order[next] * LENGTH, bits) == slice) {
        bytes.write(pairs, order[next] * LENGTH, LENGTH);
        next++;
      }
      slices[slice] = bytes.toByteArray();
    }
    return slices;
  }

  private int[] order() {
    var keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = HashBytes.first(pairs, i * LENGTH, PREFIX_BITS) << NUMBER_BITS | i;
    }
    Arrays.sort(keys);
    var order = new int[count];
    for (int i = 0; i < count; i++) {
      insert(order, i, (int) (keys[i] & ((1 << NUMBER_BITS) - 1)));
    }
    return order;
  }

  /** Those that a key does not tell apart are few, or in their order already. */
  private void insert(int[] order, int end, int pair) {
    int at = end;
    while (at > 0 && compare(order[at - 1], pair) > 0) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = pair;
  }

  private int compare(int one, int other) {
    return Arrays.compareUnsigned(
        pairs, one * LENGTH, (one + 1) * LENGTH, pairs, other * LENGTH, (other + 1) * LENGTH);
  }
}
