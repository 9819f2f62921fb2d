package io.narthex.local.cli.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.local.cli.progress.LiveLine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What people see of a running audit: how far it is, and above that what else is printed. */
final class Display implements AutoCloseable {
  private final ProgressLine text;
  private final AuditProgress progress;
  private final LiveLine line;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-display").factory());
  private AuditProgress.Phase phase = AuditProgress.Phase.LISTING;
  private long since = System.nanoTime();
  private boolean isStopped;

  Display(ProgressLine text, AuditProgress progress, LiveLine line) {
    this.text = requireNonNull(text, "text is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.line = requireNonNull(line, "line is null");
  }

  /** Begins to show it. */
  void start() {
    long every = line.pause().toMillis();
    var _ = timer.scheduleAtFixedRate(this::draw, every, every, TimeUnit.MILLISECONDS);
  }

  /** Prints lines above the one that is redrawn. */
  void print(PrintStream out, String lines) {
    line.print(out, lines);
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
    if (isStopped) {
      return;
    }
    if (progress.phase() != phase) {
      phase = progress.phase();
      since = System.nanoTime();
    }
    line.show(text.of(Duration.ofNanos(System.nanoTime() - since)));
  }

  @Override
  public void close() {
    stop();
  }

  /** Shows nothing more, and takes the line away. */
  synchronized void stop() {
    isStopped = true;
    timer.shutdownNow();
    line.close();
  }
}
