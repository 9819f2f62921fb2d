package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns a judgement into what becomes of the path, by what was there before: who may wait, how
 * long, and whether the narinfo or a NAR put in the place of a verified one is to blame.
 */
final class Ruling {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final Clock clock;

  Ruling(VersionedStore cache, VerdictTags tags, Clock clock) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What becomes of a path. */
  sealed interface Decision {}

  /** The path has this verdict. */
  record Stands(Judgement judgement, Report report) implements Decision {}

  /** The verified narinfo stays; a NAR that was put in the place of its own goes. */
  record NarIsAnotherOne(Report report, Withdrawal withdrawal) implements Decision {}

  Decision on(PathSeen seen, Judgement judged) {
    Judgement judgement =
        judged.withChecks(judged.checks().stream().map(c -> overdue(c, seen)).toList());
    return switch (judgement.verdict()) {
      case Verdict.Rejected(var findings) when isAnotherNar(seen, judgement, findings) ->
          anotherNar(seen, judgement, findings);
      case Verdict.Rejected(var findings) ->
          new Stands(judgement, rejected(seen, judgement, findings));
      case Verdict.Waiting waiting ->
          new Stands(judgement, report(seen, judgement, Standing.WAITING, waitingSince(seen)));
      case Verdict.Verified verified ->
          new Stands(judgement, report(seen, judgement, Standing.VERIFIED, clock.instant()));
    };
  }

  /** A wait that has lasted too long, or that would hide a verified version, is a failure. */
  private CheckOutcome overdue(CheckOutcome outcome, PathSeen seen) {
    if (!(outcome.result() instanceof CheckResult.Waits(Need need, Finding finding))) {
      return outcome;
    }
    boolean failed = isOverdue(need, seen) || hidesVerified(seen);
    return failed ? new CheckOutcome(outcome.check(), CheckResult.failed(finding)) : outcome;
  }

  /** A reference may take for ever; a NAR and a signature come with their narinfo. */
  private boolean isOverdue(Need need, PathSeen seen) {
    Instant deadline = waitingSince(seen).plus(seen.settings().grace());
    return switch (need) {
      case Need.ForNar nar -> clock.instant().isAfter(deadline);
      case Need.ForSignature signature -> clock.instant().isAfter(deadline);
      case Need.ForPath path -> false;
    };
  }

  /** A version that was verified lies under this one, and would be seen if this one went. */
  private boolean hidesVerified(PathSeen seen) {
    ObjectKey key = seen.path().key();
    return cache.versions(key).stream()
        .filter(version -> !version.equals(seen.version()))
        .anyMatch(version -> tags.isVerified(key, version));
  }

  private Instant waitingSince(PathSeen seen) {
    return seen.stands(Standing.WAITING) ? seen.report().orElseThrow().since() : clock.instant();
  }

  /** The narinfo was verified, the NAR that is there now was not, and only the NAR is wrong. */
  private boolean isAnotherNar(PathSeen seen, Judgement judgement, List<Finding> findings) {
    return seen.isTaggedVerified()
        && judgement.narVersion().isPresent()
        && findings.stream().allMatch(finding -> finding.check().isAboutNar())
        && !tags.isVerified(judgement.nar().orElseThrow().key(), judgement.narVersion().get());
  }

  private Decision anotherNar(PathSeen seen, Judgement judgement, List<Finding> findings) {
    var withdrawal =
        new Withdrawal(
            judgement.nar().orElseThrow().key(),
            judgement.narVersion().orElseThrow(),
            clock.instant(),
            findings,
            Optional.empty());
    Report report =
        seen.report()
            .orElseGet(() -> report(seen, judgement, Standing.VERIFIED, clock.instant()))
            .withdrawing(withdrawal);
    return new NarIsAnotherOne(report, withdrawal);
  }

  private Report rejected(PathSeen seen, Judgement judgement, List<Finding> findings) {
    var withdrawal =
        new Withdrawal(
            seen.path().key(), seen.version(), clock.instant(), findings, judgement.text());
    return report(seen, judgement, Standing.REJECTED, clock.instant()).withdrawing(withdrawal);
  }

  private Report report(PathSeen seen, Judgement judgement, Standing standing, Instant since) {
    return new Report(
        seen.hash(),
        judgement.storePath(),
        standing,
        seen.version(),
        seen.stands(standing) ? seen.report().orElseThrow().since() : since,
        judgement.narVersion(),
        seen.digest(),
        judgement.checks(),
        judgement.facts(),
        seen.report().map(Report::withdrawals).orElse(List.of()),
        clock.instant());
  }
}
