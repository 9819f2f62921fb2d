package io.narthex.local.audit.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private Figures() {}

  /** With a comma between thousands. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** With a noun, e.g. {@code 1 path} or {@code 1,204 paths}. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A part of all, never rounded to none or to all. */
  static String percent(long part, long all) {
    if (all == 0 || part == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / all;
    if (part == all) {
      return "100 %";
    }
    return percent < 0.1
        ? "< 0.1 %"
        : percent > 99.9 ? "> 99.9 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** From one time to another, e.g. {@code 1 h 04 min}, {@code 3 min 20 s}, {@code 4.2 s}. */
  static String duration(Instant from, Instant to) {
    Duration lasted = Duration.between(from, to);
    if (lasted.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %02d min", lasted.toHours(), lasted.toMinutesPart());
    }
    return lasted.toMinutes() > 0
        ? String.format(Locale.ROOT, "%d min %02d s", lasted.toMinutes(), lasted.toSecondsPart())
        : String.format(Locale.ROOT, "%.1f s", lasted.toMillis() / 1000.0);
  }
}
