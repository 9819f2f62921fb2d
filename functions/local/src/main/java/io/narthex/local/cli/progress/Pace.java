package io.narthex.local.cli.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast something has been done since it was watched first.
 *
 * @param step what is counted, e.g. {@code paths}
 * @param before how many were done when it was watched first
 * @param done how many are done
 * @param total about how many there are
 * @param took since it was watched first
 */
public record Pace(String step, long before, long done, long total, Duration took) {
  private static final double NANOS = 1e9;

  /** How many a second; empty before any was done. */
  public Optional<Double> rate() {
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

  /** Of which nothing is said but how much of all it is, e.g. {@code 45 %}. */
  public Progress begun() {
    return new Progress(
        OptionalDouble.of(share()), List.of("%d %%".formatted((int) (share() * 100))));
  }

  /** How much of it is done, how fast, and how long the rest takes. */
  public Progress progress() {
    return begun()
        .with(
            String.format(Locale.ROOT, "%,d of %,d %s", done, total, step),
            rate().map(rate -> String.format(Locale.ROOT, "%,.0f/s", rate)).orElse(""),
            leftText());
  }

  /** E.g. {@code 2 h 5 min left}; empty if nobody knows. */
  public String leftText() {
    return left().map(left -> text(left) + " left").orElse("");
  }

  /** In its two largest units, e.g. {@code 2 h 5 min}. */
  private static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d s".formatted(duration.toSeconds());
  }
}
