package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.operate.StandingCounts;

/**
 * Where a cache stands, for people and scripts.
 *
 * @param inFlight events that are not done with
 * @param deadLetters events that were given up
 */
record CacheStatus(StandingCounts counts, long inFlight, long deadLetters) {
  CacheStatus {
    requireNonNull(counts, "counts is null");
  }

  /** In a few lines. */
  String text() {
    return """
        verified      %d
        waiting       %d
        rejected      %d
        in flight     %d
        dead letters  %d
        """
            .formatted(
                counts.verified(), counts.waiting(), counts.rejected(), inFlight, deadLetters)
        + (counts.isComplete()
            ? ""
            : "counted are the first %d reports\n".formatted(counts.reports()));
  }

  /** The same as JSON, in one line; {@code ofReports} only where these were not all. */
  String json() {
    return "{\"verified\":%d,\"waiting\":%d,\"rejected\":%d,\"inFlight\":%d,\"deadLetters\":%d%s}\n"
        .formatted(
            counts.verified(),
            counts.waiting(),
            counts.rejected(),
            inFlight,
            deadLetters,
            counts.isComplete() ? "" : ",\"ofReports\":" + counts.reports());
  }
}
