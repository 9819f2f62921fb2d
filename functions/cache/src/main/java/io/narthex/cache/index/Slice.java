package io.narthex.cache.index;

import io.narthex.nix.path.StorePathHash;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * All store hashes that begin with the same bits. Shards, sets and the pieces of a rebuild are
 * slices of different widths.
 *
 * @param bits how many bits they share, 0 to {@value #MAX_BITS}; 0 is all hashes
 * @param number those bits
 */
public record Slice(int bits, long number) implements Comparable<Slice> {
  /** A shard of the finest index that makes sense: half a thousand million of them. */
  public static final int MAX_BITS = 29;

  /** All hashes. */
  public static final Slice ALL = new Slice(0, 0);

  public Slice {
    if (bits < 0 || bits > MAX_BITS || number < 0 || number >= 1L << bits) {
      throw new IllegalArgumentException("no slice " + number + " of " + bits + " bits");
    }
  }

  /** The slice of this many bits that a hash is in. */
  public static Slice of(StorePathHash hash, int bits) {
    return new Slice(bits, HashBits.first(hash, bits));
  }

  /** Whether a hash is in it. */
  public boolean contains(StorePathHash hash) {
    return HashBits.first(hash, bits) == number;
  }

  /** The wider slice of this many bits that it is in; itself for its own number of bits. */
  public Slice within(int fewer) {
    return new Slice(fewer, number >>> (bits - fewer));
  }

  /** The narrower slices of this many bits that it consists of, in their order. */
  public Stream<Slice> split(int more) {
    long first = number << (more - bits);
    long after = (number + 1) << (more - bits);
    return LongStream.range(first, after).mapToObj(n -> new Slice(more, n));
  }

  /** The first hash of it. */
  public StorePathHash lowest() {
    return new StorePathHash(prefix() + "0".repeat(StorePathHash.LENGTH - prefix().length()));
  }

  /**
   * What the first of its hashes begins with: as many characters as its bits touch, at least one.
   * Slices of the same width have names of the same length, in the same order.
   */
  public String prefix() {
    int length = Math.max(1, (bits + HashBits.A_CHARACTER - 1) / HashBits.A_CHARACTER);
    return digits(number << (length * HashBits.A_CHARACTER - bits), length);
  }

  /** What all of its hashes begin with; empty if they share not even one character. */
  public String sharedPrefix() {
    int length = bits / HashBits.A_CHARACTER;
    return digits(number >>> (bits - length * HashBits.A_CHARACTER), length);
  }

  private static String digits(long value, int length) {
    var text = new StringBuilder(length);
    for (int i = length - 1; i >= 0; i--) {
      text.append(HashBits.ALPHABET.charAt((int) (value >>> (i * HashBits.A_CHARACTER)) & 31));
    }
    return text.toString();
  }

  @Override
  public int compareTo(Slice other) {
    int length = Math.max(bits, other.bits);
    int byFirst = Long.compare(number << (length - bits), other.number << (length - other.bits));
    return byFirst != 0 ? byFirst : Integer.compare(bits, other.bits);
  }
}
