package io.narthex.cache.index;

import io.narthex.nix.path.StorePathHash;

/**
 * The first bits of a store hash, in the order of its text: each nix32 character is five of them,
 * the first character the highest. So hashes with the same first bits lie together in a listing.
 */
final class HashBits {
  /** How many bits are looked at: all of the first twelve characters. */
  static final int MAX = 60;

  static final int A_CHARACTER = 5;
  static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";
  private static final byte[] DIGITS = digits();

  private HashBits() {}

  /** The first bits of a hash as a number. */
  static long first(StorePathHash hash, int bits) {
    if (bits < 0 || bits > MAX) {
      throw new IllegalArgumentException(bits + " bits of " + MAX);
    }
    long value = 0;
    String text = hash.nix32();
    for (int i = 0; i < MAX / A_CHARACTER; i++) {
      value = (value << A_CHARACTER) | DIGITS[text.charAt(i)];
    }
    return value >>> (MAX - bits);
  }

  private static byte[] digits() {
    var digits = new byte[128];
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }
}
