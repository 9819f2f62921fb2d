package io.narthex.cache.index;

import io.narthex.nix.path.StorePathHash;

/**
 * Some hashes of one shard, told apart by the {@value #BITS} bits after those that name the shard:
 * the sorted numbers as differences, Rice coded. A hash that is there is always found; one that is
 * not is found with a probability of their count by 2^{@value #BITS}, which is 8 in a million for
 * 512.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Golomb_coding">Golomb coding</a>
 */
final class Fingerprints {
  static final int BITS = 26;

  private Fingerprints() {}

  /** What stands for a hash in a shard of this depth. */
  static int of(StorePathHash hash, int depth) {
    return (int) (HashBits.first(hash, depth + BITS) & ((1 << BITS) - 1));
  }

  /** Writes sorted numbers; their count is not among what is written. */
  static void write(long[] sorted, Bits target) {
    int parameter = parameter(sorted.length);
    long previous = 0;
    for (long fingerprint : sorted) {
      long difference = fingerprint - previous;
      target.writeUnary(difference >>> parameter);
      target.write(difference, parameter);
      previous = fingerprint;
    }
  }

  /** Reads that many numbers, sorted. */
  static int[] read(int count, BitReader source) throws MalformedIndexException {
    int parameter = parameter(count);
    var numbers = new int[count];
    long previous = 0;
    for (int i = 0; i < count; i++) {
      previous += (source.readUnary() << parameter) + source.read(parameter);
      if (previous >= 1 << BITS) {
        throw new MalformedIndexException("a fingerprint of more than " + BITS + " bits");
      }
      numbers[i] = (int) previous;
    }
    return numbers;
  }

  /** How many low bits of a difference are written as they are: about those of the average one. */
  private static int parameter(int count) {
    return count == 0 ? 0 : Math.max(0, BITS - 1 - log2(count));
  }

  private static int log2(int number) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
  }
}
