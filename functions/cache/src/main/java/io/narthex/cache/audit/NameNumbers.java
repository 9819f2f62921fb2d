package io.narthex.cache.audit;

import java.security.SecureRandom;

/**
 * Numbers for names. Two different names have the same one with a probability of their length by
 * 2^61, also if somebody has chosen them: which number a name has is known to this object only.
 *
 * <p>A name is a polynomial over the integers modulo 2^61 - 1, whose value at a secret point is its
 * number.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Universal_hashing#Hashing_strings">Universal hashing,
 *     of strings</a>
 */
final class NameNumbers {
  private static final long PRIME = (1L << 61) - 1;
  private static final int BITS = 61;

  /** So many characters make one coefficient. */
  private static final int CHARACTERS = 3;

  private final long point;

  /** One of its own. */
  NameNumbers() {
    this(new SecureRandom().nextLong(1L << 32, PRIME));
  }

  /**
   * @param point at least 0, and less than the prime
   */
  NameNumbers(long point) {
    this.point = point;
  }

  /** The number of a name, the same as long as this object is there. */
  long of(String name) {
    long value = name.length() + 1L;
    for (int i = 0; i < name.length(); i += CHARACTERS) {
      value = modulo(times(value) + coefficient(name, i));
    }
    return value;
  }

  private static long coefficient(String name, int start) {
    long coefficient = 0;
    for (int i = start; i < Math.min(start + CHARACTERS, name.length()); i++) {
      coefficient = (coefficient << Character.SIZE) | name.charAt(i);
    }
    return coefficient;
  }

  /** The product with the point, less than the prime. */
  private long times(long value) {
    long high = Math.multiplyHigh(value, point);
    long low = value * point;
    return modulo((low & PRIME) + ((high << (Long.SIZE - BITS)) | (low >>> BITS)));
  }

  private static long modulo(long value) {
    return value >= PRIME ? value - PRIME : value;
  }
}
