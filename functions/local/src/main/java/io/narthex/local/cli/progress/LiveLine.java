package io.narthex.local.cli.progress;

import static java.util.Objects.requireNonNull;

import io.narthex.local.cli.Terminal;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A line that says how far a command is: on a terminal it is drawn again in place, elsewhere each
 * is a line of its own. What else is printed goes above it. Safe for several threads.
 */
public final class LiveLine implements AutoCloseable {
  private static final Duration REDRAWN = Duration.ofMillis(100);
  private static final Duration PRINTED = Duration.ofSeconds(10);
  private static final String TO_START = "\r";
  private static final String TO_END = "\033[K";

  private final PrintStream err;
  private final boolean isTerminal;
  private final int columns;
  private boolean isDrawn;

  private LiveLine(PrintStream err, boolean isTerminal, int columns) {
    this.err = requireNonNull(err, "err is null");
    this.isTerminal = isTerminal;
    this.columns = columns;
  }

  /** On standard error. */
  public static LiveLine here() {
    return Terminal.isToldTo()
        ? onTerminal(System.err, Terminal.columns(System.getenv()))
        : inLines(System.err);
  }

  /** On a terminal of that many columns. */
  static LiveLine onTerminal(PrintStream err, int columns) {
    return new LiveLine(err, true, columns);
  }

  /** In a log, or whoever reads a pipe. */
  static LiveLine inLines(PrintStream err) {
    return new LiveLine(err, false, Integer.MAX_VALUE);
  }

  /** Whether it is drawn again in place. */
  boolean isTerminal() {
    return isTerminal;
  }

  /** How long it stays as it is. */
  public Duration pause() {
    return isTerminal ? REDRAWN : PRINTED;
  }

  /** Shows it. */
  public synchronized void show(Progress progress) {
    if (isTerminal) {
      // The last column stays free: some terminals go to the next line by themselves.
      err.print(TO_START + progress.line(columns - 1) + TO_END);
      err.flush();
      isDrawn = true;
    } else {
      err.println(progress.whole());
    }
  }

  /** Prints lines above it. */
  public synchronized void print(PrintStream out, String text) {
    close();
    out.println(text);
  }

  /** Takes it away, for others to be printed. */
  @Override
  public synchronized void close() {
    if (isDrawn) {
      err.print(TO_START + TO_END);
      err.flush();
      isDrawn = false;
    }
  }
}
