package io.narthex.bench.price;

/** What is neither in the code nor in a price list. */
final class Assumed {
  /** Of each call to S3. */
  static final double S3_SECONDS = 0.020;

  /** Of a read beside its calls; measured: {@code run lambda}. */
  static final double READ_SECONDS = 0.010;

  /** Of an event beside its calls and the archive. */
  static final double EVENT_SECONDS = 0.010;

  /** Of an archive before compression, and how many of them xz gives a second. */
  static final double NAR_MEGABYTES = 10;

  static final double MEGABYTES_A_SECOND = 50;

  /** Of a sweep: each finds the function gone cold. */
  static final double SWEEP_SECONDS = 3;

  /** Of reads, narinfos and NARs that are there; the rest is not. */
  static final double NARINFO_SHARE = 0.4;

  static final double NAR_SHARE = 0.4;

  /** Lambda's own two lines an invocation, and ours. */
  static final double LOG_BYTES = 1000;

  /** A line of the API's log. */
  static final double ACCESS_LOG_BYTES = 400;

  /** Lambda asks an empty queue by five long polls of 20 seconds. */
  static final double POLLS_A_SECOND = 5 / 20.0;

  /** To put a message, to receive it and to delete it. */
  static final double SQS_REQUESTS_A_MESSAGE = 3;

  static final double HOURS_A_MONTH = 730;

  /** To the index for an upload: of the narinfo, and of the tag that it gets. */
  static final double INDEX_MESSAGES = 2;

  /** Of a rebuild, for each path: two calls, of which 64 are under way at a time. */
  static final double REBUILD_SECONDS_A_PATH = 0.001;

  /** In a shard of the index. */
  static final double PATHS_A_SHARD = 384;

  /** In a page of a listing. */
  static final double KEYS_A_PAGE = 1000;

  /** Of uploads, before a path is removed. */
  static final double MONTHS_KEPT = 12;

  private Assumed() {}
}
