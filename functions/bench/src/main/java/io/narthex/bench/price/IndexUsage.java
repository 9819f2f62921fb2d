package io.narthex.bench.price;

/** What the index uses in a month. */
final class IndexUsage {
  private static final double HOURS_A_DAY = 24;

  private IndexUsage() {}

  /** With so many uploads, which are kept for some months. */
  static Usage of(Deployed stack, double uploads) {
    double paths = uploads * Assumed.MONTHS_KEPT;
    return kept(stack, uploads)
        .plus(rebuilt(stack).times(paths * runs(stack.rebuildDays())))
        .plus(checked().usage().times(paths * runs(stack.checkDays())));
  }

  /** For as many uploads, without any rebuild or check. */
  static Usage kept(Deployed stack, double uploads) {
    return Month.polls().plus(upload(stack).times(uploads));
  }

  /** So often in a month. */
  static double runs(double days) {
    return Assumed.HOURS_A_MONTH / HOURS_A_DAY / days;
  }

  /** Each a batch of its own: who pushes many at once pays less. */
  private static Usage upload(Deployed stack) {
    double seconds = Calls.OF_AN_INDEX_BATCH.all() * Assumed.S3_SECONDS + Assumed.EVENT_SECONDS;
    return Calls.OF_AN_INDEX_BATCH
        .usage()
        .plus(Usage.of(Item.SQS_REQUESTS, Assumed.INDEX_MESSAGES * Assumed.SQS_REQUESTS_A_MESSAGE))
        .plus(Month.invocation(stack.indexGigabytes(), seconds));
  }

  private static Usage rebuilt(Deployed stack) {
    return Calls.OF_A_REBUILT_PATH
        .plus(checked())
        .plus(new Calls(1 / Assumed.PATHS_A_SHARD, 0))
        .usage()
        .plus(
            Usage.of(
                Item.LAMBDA_GB_SECONDS, Assumed.REBUILD_SECONDS_A_PATH * stack.taskGigabytes()));
  }

  /** Narinfos and reports are listed, and shards read. */
  static Calls checked() {
    return new Calls(2 / Assumed.KEYS_A_PAGE, 1 / Assumed.PATHS_A_SHARD);
  }
}
