package io.narthex.local.cli.progress;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast something has been done since it was watched first.
 *
 * @param step what is counted, e.g. {@code paths}
 * @param before how many were done when it was watched first
 * @param done how many are done
 * @param total about how many there are
 * @param took since it was watched first
 */
record Pace(String step, long before, long done, long total, Duration took) {
  private static final double NANOS = 1e9;

  /** How many a second; empty before any was done. */
  Optional<Double> rate() {
    return done > before && took.toNanos() > 0
        ? Optional.of((done - before) * NANOS / took.toNanos())
        : Optional.empty();
  }

  /** How long the rest takes at that rate. */
  Optional<Duration> left() {
    return rate().map(rate -> Duration.ofSeconds((long) Math.ceil((total - done) / rate)));
  }

  /** How much of it is done, from 0 to 1. */
  double share() {
    return total <= 0 ? 0 : Math.clamp((double) done / total, 0, 1);
  }
}
