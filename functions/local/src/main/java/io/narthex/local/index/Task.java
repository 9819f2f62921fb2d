package io.narthex.local.index;

/** What there is to do. */
public enum Task {
  /** Make all of the index anew. */
  REBUILD,
  /** Compare it with the buckets. */
  CHECK,
  /** The same, and make it say what is so. */
  REPAIR
}
