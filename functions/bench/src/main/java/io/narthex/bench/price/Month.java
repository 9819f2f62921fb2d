package io.narthex.bench.price;

import static java.util.Objects.requireNonNull;

/**
 * A month of a deployed cache.
 *
 * @param uploads store paths
 * @param reads requests to the API
 */
public record Month(String name, double uploads, double reads) {
  public static final Month IDLE = new Month("idle", 0, 0);
  public static final Month FIRST = new Month("10,000 uploads, 1,000,000 reads", 10e3, 1e6);
  public static final Month TENFOLD = new Month("100,000 uploads, 10,000,000 reads", 100e3, 10e6);

  private static final double BYTES_A_GIGABYTE = 1e9;
  private static final double SECONDS_AN_HOUR = 3600;
  private static final double MINUTES_AN_HOUR = 60;

  public Month {
    requireNonNull(name, "name is null");
  }

  /** Everything that is charged for in it, but for storage and transfer. */
  public Usage usage(Deployed stack) {
    return withoutIndex(stack).plus(IndexUsage.of(stack, uploads));
  }

  /** The same of a stack without an index, as if there were such a stack. */
  public Usage withoutIndex(Deployed stack) {
    return standing(stack).plus(upload(stack).times(uploads)).plus(read(stack).times(reads));
  }

  /** What there is to pay for with nobody there. */
  private static Usage standing(Deployed stack) {
    double sweeps = Assumed.HOURS_A_MONTH * MINUTES_AN_HOUR / stack.sweepMinutes();
    return Usage.of(Item.ALARMS, stack.alarms())
        .plus(Usage.of(Item.METRICS, stack.metrics()))
        .plus(Usage.of(Item.DASHBOARDS, stack.dashboards()))
        .plus(polls())
        .plus(invocation(stack.validateGigabytes(), Assumed.SWEEP_SECONDS).times(sweeps))
        .plus(Calls.OF_A_SWEEP.plus(Calls.OF_THE_SETTINGS).usage().times(sweeps));
  }

  /** Of an empty queue, by Lambda. */
  static Usage polls() {
    return Usage.of(
        Item.SQS_REQUESTS, Assumed.HOURS_A_MONTH * SECONDS_AN_HOUR * Assumed.POLLS_A_SECOND);
  }

  private static Usage upload(Deployed stack) {
    Calls calls = Calls.OF_AN_UPLOAD.plus(Calls.OF_THE_SETTINGS.times(Calls.EVENTS_OF_AN_UPLOAD));
    double seconds =
        calls.all() * Assumed.S3_SECONDS
            + Calls.EVENTS_OF_AN_UPLOAD * Assumed.EVENT_SECONDS
            + Assumed.NAR_MEGABYTES / Assumed.MEGABYTES_A_SECOND;
    double events = Calls.EVENTS_OF_AN_UPLOAD;
    return calls
        .plus(Calls.OF_THE_UPLOADER)
        .usage()
        .plus(Usage.of(Item.SQS_REQUESTS, events * Assumed.SQS_REQUESTS_A_MESSAGE))
        .plus(invocation(stack.validateGigabytes(), seconds / events).times(events));
  }

  private static Usage read(Deployed stack) {
    Calls calls =
        Calls.OF_A_NARINFO
            .times(Assumed.NARINFO_SHARE)
            .plus(Calls.OF_A_NAR.times(Assumed.NAR_SHARE))
            .plus(Calls.OF_A_MISS.times(1 - Assumed.NARINFO_SHARE - Assumed.NAR_SHARE));
    double seconds = calls.all() * Assumed.S3_SECONDS + Assumed.READ_SECONDS;
    return Usage.of(Item.API_REQUESTS, 1)
        .plus(Usage.of(Item.LOG_GIGABYTES, Assumed.ACCESS_LOG_BYTES / BYTES_A_GIGABYTE))
        .plus(invocation(stack.serveGigabytes(), seconds))
        .plus(calls.usage())
        // The client follows the redirect.
        .plus(Usage.of(Item.S3_READS, Assumed.NAR_SHARE));
  }

  static Usage invocation(double gigabytes, double seconds) {
    return Usage.of(Item.LAMBDA_REQUESTS, 1)
        .plus(Usage.of(Item.LAMBDA_GB_SECONDS, gigabytes * seconds))
        .plus(Usage.of(Item.LOG_GIGABYTES, Assumed.LOG_BYTES / BYTES_A_GIGABYTE));
  }
}
