package io.narthex.local.cli.progress;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How far something is, in one line.
 *
 * @param share how much of it is done, from 0 to 1; empty if nobody knows
 * @param parts what there is to say, the most important first
 */
public record Progress(OptionalDouble share, List<String> parts) {
  private static final int BAR = 24;
  private static final int LEAST_BAR = 6;

  public Progress {
    requireNonNull(share, "share is null");
    parts = List.copyOf(parts);
  }

  /** The same, and more to say; parts of nothing are left out. */
  public Progress with(String... more) {
    return new Progress(
        share,
        Stream.concat(parts.stream(), Stream.of(more)).filter(part -> !part.isEmpty()).toList());
  }

  /** All of it, e.g. {@code 45 %, 12,345 of 27,000 paths, 2,100/s, 7 s left}. */
  String whole() {
    return String.join(", ", parts);
  }

  /** With a bar, if there is room for one; what has no room is left out, the last first. */
  String line(int columns) {
    int count = parts.size();
    while (count > 1 && text(count).length() > columns) {
      count--;
    }
    String text = text(count);
    int bar = Math.min(BAR, columns - text.length() - 3);
    String line = bar < LEAST_BAR || share.isEmpty() ? text : bar(bar) + " " + text;
    return line.substring(0, Math.min(line.length(), columns));
  }

  private String text(int count) {
    return String.join(", ", parts.subList(0, count));
  }

  private String bar(int width) {
    int full = (int) (share.orElse(0) * width);
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
  }
}
