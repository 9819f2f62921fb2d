package io.narthex.local.cli.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A pace in one line, of as many columns as there are. */
final class PaceText {
  private static final int BAR = 24;
  private static final int LEAST_BAR = 6;

  private PaceText() {}

  /** All of it, e.g. {@code 45 %, 12,345 of 27,000 paths, 2,100/s, 7 s left}. */
  static String whole(Pace pace) {
    return String.join(", ", parts(pace));
  }

  /** With a bar, if there is room for one; what has no room is left out, the last first. */
  static String line(Pace pace, int columns) {
    List<String> parts = parts(pace);
    while (parts.size() > 1 && String.join(", ", parts).length() > columns) {
      parts.removeLast();
    }
    String text = String.join(", ", parts);
    int bar = Math.min(BAR, columns - text.length() - 3);
    String line = bar < LEAST_BAR ? text : bar(pace, bar) + " " + text;
    return line.substring(0, Math.min(line.length(), columns));
  }

  private static String bar(Pace pace, int width) {
    int full = (int) (pace.share() * width);
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
  }

  /** The most important first. */
  private static List<String> parts(Pace pace) {
    var parts = new ArrayList<String>();
    parts.add("%d %%".formatted((int) (pace.share() * 100)));
    parts.add(String.format(Locale.ROOT, "%,d of %,d %s", pace.done(), pace.total(), pace.step()));
    pace.rate().ifPresent(rate -> parts.add(String.format(Locale.ROOT, "%,.0f/s", rate)));
    pace.left().ifPresent(left -> parts.add(text(left) + " left"));
    return parts;
  }

  /** In its two largest units, e.g. {@code 2 h 5 min}. */
  static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d s".formatted(duration.toSeconds());
  }
}
