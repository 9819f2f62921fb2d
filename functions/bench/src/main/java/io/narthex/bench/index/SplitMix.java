package io.narthex.bench.index;

/**
 * The finaliser of SplitMix64: numbers that look random, each a function of another.
 *
 * @see java.util.SplittableRandom
 */
final class SplitMix {
  private SplitMix() {}

  /** A number below a bound, from a random one. */
  static long below(long random, long bound) {
    return Math.unsignedMultiplyHigh(random, bound);
  }

  static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
