package io.narthex.local.cli.audit;

import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditTally;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.local.cli.progress.Pace;
import io.narthex.local.cli.progress.Progress;
import io.narthex.local.text.ByteText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How far an audit is, as one line. */
final class ProgressLine {
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
  Progress of(Duration inPhase) {
    return switch (progress.phase()) {
      case LISTING ->
          new Progress(
              OptionalDouble.empty(),
              List.of(String.format(Locale.ROOT, "listing: %,d paths", progress.paths())));
      case NARINFOS ->
          new Pace("narinfos", 0, progress.narInfos(), progress.paths(), inPhase)
              .progress()
              .with(findings());
      case NARS -> nars(new Pace("", 0, progress.bytesDone(), progress.bytes(), inPhase));
      case CLOSURES ->
          new Pace("closures", 0, tally.paths(), progress.paths(), inPhase)
              .progress()
              .with(findings());
    };
  }

  private Progress nars(Pace bytes) {
    return bytes
        .begun()
        .with(
            ByteText.of(bytes.done()) + " of " + ByteText.of(bytes.total()),
            bytes.rate().map(rate -> ByteText.of(Math.round(rate)) + "/s").orElse(""),
            bytes.leftText(),
            findings(),
            String.format(Locale.ROOT, "%,d of %,d paths", progress.pathsDone(), progress.paths()),
            String.join(", ", progress.current()));
  }

  private String findings() {
    long unchecked = tally.paths(AuditVerdict.UNCHECKED) - tally.unread();
    return isQuick || unchecked + tally.paths() > 0
        ? String.format(
            Locale.ROOT,
            "%d rejected, %d waiting, %d unchecked",
            tally.paths(AuditVerdict.REJECTED),
            tally.paths(AuditVerdict.WAITING),
            unchecked)
        : "no findings";
  }
}
