package io.narthex.local.cli.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditedPath;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What people see of a running audit: a line that is redrawn in place on a terminal, and a line
 * every ten seconds elsewhere. What else is printed goes above it.
 */
final class Display implements AutoCloseable {
  private static final Duration REDRAWN = Duration.ofMillis(200);
  private static final Duration TOLD = Duration.ofSeconds(10);
  private static final String ERASE = "\r\u001b[K";

  private final ProgressLine line;
  private final AuditProgress progress;
  private final PrintStream err;
  private final boolean isTerminal;
  private final int width;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-display").factory());
  private AuditProgress.Phase phase = AuditProgress.Phase.LISTING;
  private long since = System.nanoTime();

  /** Begins to show. */
  Display(
      ProgressLine line, AuditProgress progress, PrintStream err, boolean isTerminal, int width) {
    this.line = requireNonNull(line, "line is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.err = requireNonNull(err, "err is null");
    this.isTerminal = isTerminal;
    this.width = width;
  }

  /** Begins to show it. */
  void start() {
    Duration every = isTerminal ? REDRAWN : TOLD;
    var _ =
        timer.scheduleAtFixedRate(
            this::draw, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Prints lines above the one that is redrawn. */
  synchronized void print(PrintStream out, String text) {
    if (isTerminal) {
      err.print(ERASE);
      err.flush();
    }
    out.println(text);
  }

  /** A path as people read it: verdict, path, and a line a finding. */
  static String lines(AuditedPath path) {
    var text = new StringBuilder();
    text.append(
        String.format(
            "%-9s %s", path.verdict(), path.storePath().orElse(path.hash() + ".narinfo")));
    path.why().ifPresent(why -> text.append(": ").append(why));
    for (AuditFinding found : path.findings()) {
      text.append(System.lineSeparator())
          .append("  ")
          .append(found.weight() == AuditFinding.Weight.WARNED ? "warning: " : "")
          .append(found.finding().check())
          .append(": ")
          .append(found.finding());
    }
    return text.toString();
  }

  private synchronized void draw() {
    if (progress.phase() != phase) {
      phase = progress.phase();
      since = System.nanoTime();
    }
    String text = line.text(Duration.ofNanos(System.nanoTime() - since));
    if (isTerminal) {
      err.print(ERASE + text.substring(0, Math.min(text.length(), width - 1)));
      err.flush();
    } else {
      err.println("narthex: " + text);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Shows nothing more, and leaves the line empty. */
  void stop() {
    timer.shutdownNow();
    synchronized (this) {
      if (isTerminal) {
        err.print(ERASE);
        err.flush();
      }
    }
  }
}
