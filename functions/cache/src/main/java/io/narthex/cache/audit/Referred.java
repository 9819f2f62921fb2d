package io.narthex.cache.audit;

/**
 * A reference, as it is kept until closures are looked at.
 *
 * @param number of the path under its hash; less than 0 if that is not audited
 * @param name the number of its name ({@link NameNumbers}); 0 if it is not audited
 */
record Referred(long number, long name) {
  /** To a path that is not audited. */
  static final Referred OUTSIDE = new Referred(-1, 0);

  boolean isOutside() {
    return number < 0;
  }
}
