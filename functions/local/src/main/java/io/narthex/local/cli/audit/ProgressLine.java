package io.narthex.local.cli.audit;

import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditTally;
import io.narthex.cache.audit.AuditVerdict;
import java.time.Duration;
import java.util.Locale;

/** How far an audit is, as one line. */
final class ProgressLine {
  private static final int BAR = 20;

  private final AuditProgress progress;
  private final AuditTally tally;
  private final boolean isQuick;

  ProgressLine(AuditProgress progress, AuditTally tally, boolean isQuick) {
    this.progress = progress;
    this.tally = tally;
    this.isQuick = isQuick;
  }

  /**
   * The line.
   *
   * @param inPhase how long the audit has been doing what it does now
   */
  String text(Duration inPhase) {
    return switch (progress.phase()) {
      case LISTING -> "listing: " + progress.paths() + " paths";
      case NARINFOS ->
          bar(progress.narInfos(), progress.paths())
              + count(progress.narInfos(), progress.paths(), "narinfos")
              + rate(progress.narInfos(), inPhase)
              + left(progress.narInfos(), progress.paths(), inPhase)
              + findings();
      case NARS ->
          bar(progress.bytesDone(), progress.bytes())
              + new Size(progress.bytesDone())
              + " of "
              + new Size(progress.bytes())
              + ", "
              + count(progress.pathsDone(), progress.paths(), "paths")
              + byteRate(inPhase)
              + left(progress.bytesDone(), progress.bytes(), inPhase)
              + findings()
              + current();
      case CLOSURES -> count(tally.paths(), progress.paths(), "closures") + findings();
    };
  }

  private static String bar(long done, long all) {
    int filled = all == 0 ? BAR : Math.clamp(done * BAR / all, 0, BAR);
    int percent = all == 0 ? 100 : Math.clamp(done * 100 / all, 0, 100);
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + percent + " % ";
  }

  private static String count(long done, long all, String what) {
    return done + " of " + all + " " + what;
  }

  private static String rate(long done, Duration time) {
    return String.format(Locale.ROOT, ", %.0f/s", done / seconds(time));
  }

  private String byteRate(Duration time) {
    return ", " + new Size(Math.round(progress.bytesDone() / seconds(time))) + "/s";
  }

  private static String left(long done, long all, Duration time) {
    if (done <= 0 || done >= all) {
      return "";
    }
    long left = Math.round(seconds(time) * (all - done) / done);
    return String.format(
        Locale.ROOT, ", %d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60);
  }

  private static double seconds(Duration time) {
    return Math.max(time.toMillis(), 1) / 1000.0;
  }

  private String findings() {
    long unchecked = tally.paths(AuditVerdict.UNCHECKED) - tally.unread();
    String text =
        String.format(
            Locale.ROOT,
            ", %d rejected, %d waiting, %d unchecked",
            tally.paths(AuditVerdict.REJECTED),
            tally.paths(AuditVerdict.WAITING),
            unchecked);
    return isQuick || unchecked + tally.paths() > 0 ? text : ", no findings";
  }

  private String current() {
    return progress.current().isEmpty() ? "" : ": " + String.join(", ", progress.current());
  }
}
