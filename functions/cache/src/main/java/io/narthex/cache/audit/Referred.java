package io.narthex.cache.audit;

/**
 * A reference, as it is kept until closures are looked at.
 *
 * @param number of the path under its hash; {@link #OUTSIDE} if that is not audited
 * @param name the first bytes of the digest of the path's whole name
 */
record Referred(long number, long name) {
  /** Less than any number. */
  static final long OUTSIDE = -1;

  boolean isOutside() {
    return number == OUTSIDE;
  }
}
