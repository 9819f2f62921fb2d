package io.narthex.bench.price;

/**
 * What {@code functions/bench/run index} says; a path refers to 30 others there, as real ones do.
 */
final class Measured {
  /** Bytes a path: of shards, of sets, of the files of referrers and of names, at 10^6 paths. */
  static final double SHARD_BYTES = 940;

  static final double SET_BYTES = 2.3;

  static final double REFERRER_BYTES = 1253;

  static final double NAME_BYTES = 20.0;

  /** Bytes a path of the runs that are there until they are sorted. */
  static final double RUN_BYTES = 1278;

  /** Seconds of a core for each path of a rebuild, and for each that is sorted. */
  static final double BUILD_SECONDS = 21e-6;

  static final double SORT_SECONDS = 4e-6;

  /** Bytes of a narinfo, and of a NAR as it is stored, on average of the sample. */
  static final double NARINFO_BYTES = 2160;

  static final double NAR_BYTES = 2.17e6;

  private Measured() {}
}
