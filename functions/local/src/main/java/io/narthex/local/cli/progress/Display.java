package io.narthex.local.cli.progress;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how far a command is: on a terminal in one line that is drawn again in place, elsewhere in
 * a line of its own every ten seconds.
 */
public final class Display implements AutoCloseable {
  private static final Duration REDRAWN = Duration.ofMillis(100);
  private static final Duration PRINTED = Duration.ofSeconds(10);
  private static final String TO_START = "\r";
  private static final String TO_END = "\033[K";

  private final PrintStream out;
  private final boolean isTerminal;
  private final int columns;
  private final LongSupplier nanos;
  private String step = "";
  private long before;
  private long begun;
  private long shown;
  private boolean isDrawn;

  private Display(PrintStream out, boolean isTerminal, int columns, LongSupplier nanos) {
    this.out = requireNonNull(out, "out is null");
    this.isTerminal = isTerminal;
    this.columns = columns;
    this.nanos = requireNonNull(nanos, "nanos is null");
    this.shown = nanos.getAsLong();
  }

  /** On a terminal of that many columns. */
  public static Display onTerminal(PrintStream out, int columns, LongSupplier nanos) {
    return new Display(out, true, columns, nanos);
  }

  /** In a log, or whoever reads a pipe. */
  public static Display inLines(PrintStream out, LongSupplier nanos) {
    return new Display(out, false, Integer.MAX_VALUE, nanos);
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
    Duration pause = isTerminal ? REDRAWN : PRINTED;
    if (now - shown >= pause.toNanos() || (isTerminal && isAnother)) {
      shown = now;
      draw(new Pace(step, before, done, total, Duration.ofNanos(now - begun)));
    }
  }

  private void draw(Pace pace) {
    if (isTerminal) {
      // The last column stays free: some terminals go to the next line by themselves.
      out.print(TO_START + PaceText.line(pace, columns - 1) + TO_END);
      out.flush();
      isDrawn = true;
    } else {
      out.println(PaceText.whole(pace));
    }
  }

  /** Takes the line away, for others to be printed. */
  @Override
  public void close() {
    if (isDrawn) {
      out.print(TO_START + TO_END);
      out.flush();
      isDrawn = false;
    }
  }
}
