package io.narthex.local.cli.progress;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows how far a command is, as often as a {@link LiveLine} is to be shown. */
public final class Display implements AutoCloseable {
  private final LiveLine line;
  private final LongSupplier nanos;
  private String step = "";
  private long before;
  private long begun;
  private long shown;

  Display(LiveLine line, LongSupplier nanos) {
    this.line = requireNonNull(line, "line is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
    this.shown = nanos.getAsLong();
  }

  /** On standard error. */
  public static Display here() {
    return new Display(LiveLine.here(), System::nanoTime);
  }

  /**
   * So much is done; shown unless something was a moment ago.
   *
   * @param what what is counted, e.g. {@code paths}; another one begins anew
   */
  public void show(String what, long done, long total) {
    long now = nanos.getAsLong();
    boolean isAnother = !what.equals(step);
    if (isAnother) {
      step = what;
      before = done;
      begun = now;
    }
    if (now - shown >= line.pause().toNanos() || (line.isTerminal() && isAnother)) {
      shown = now;
      line.show(new Pace(step, before, done, total, Duration.ofNanos(now - begun)).progress());
    }
  }

  /** Takes the line away, for others to be printed. */
  @Override
  public void close() {
    line.close();
  }
}
