package io.narthex.validate;

import io.narthex.aws.log.Metric;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Standing;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What an outcome adds to the metrics: a verdict counts when it is new. */
final class Measured {
  private Measured() {}

  static Map<Metric, Double> of(Outcome outcome, Effort effort) {
    var measured = new EnumMap<Metric, Double>(Metric.class);
    counted(outcome).ifPresent(metric -> measured.put(metric, 1.0));
    if (outcome instanceof Outcome.Judged(var report)
        && report.need().filter(Need.ForAudit.class::isInstance).isPresent()) {
      measured.put(Metric.NEEDS_AUDIT, 1.0);
    }
    if (effort.bytesRead() > 0) {
      measured.put(Metric.BYTES_READ, (double) effort.bytesRead());
    }
    if (effort.isThroughput()) {
      measured.put(Metric.SECONDS_PER_MEGABYTE, effort.secondsPerMegabyte());
    }
    return measured;
  }

  private static Optional<Metric> counted(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged(var report) -> counted(report.standing());
      case Outcome.ObjectVerified _ -> Optional.of(Metric.VERIFIED);
      case Outcome.ObjectWaiting _ -> Optional.of(Metric.WAITING);
      case Outcome.NarWithdrawn _, Outcome.ObjectRejected _ -> Optional.of(Metric.REJECTED);
      case Outcome.Unchanged _, Outcome.Absent _, Outcome.Nothing _ -> Optional.empty();
    };
  }

  private static Optional<Metric> counted(Standing standing) {
    return switch (standing) {
      case VERIFIED -> Optional.of(Metric.VERIFIED);
      case WAITING -> Optional.of(Metric.WAITING);
      case REJECTED -> Optional.of(Metric.REJECTED);
      case REMOVED -> Optional.empty();
    };
  }
}
