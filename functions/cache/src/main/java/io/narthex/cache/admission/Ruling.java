package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
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
 * long, and whether the narinfo or the NAR that is there now is to blame.
 */
final class Ruling {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final VersionsBelow below;
  private final BetterVersion better;
  private final NarBlame blame;
  private final Clock clock;

  Ruling(
      VersionedStore cache,
      VerdictTags tags,
      VersionsBelow below,
      BetterVersion better,
      NarBlame blame,
      Clock clock) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.below = requireNonNull(below, "below is null");
    this.better = requireNonNull(better, "better is null");
    this.blame = requireNonNull(blame, "blame is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What becomes of a path. */
  sealed interface Decision permits Stands, BadNar {}

  /** The path has this verdict. */
  record Stands(Judgement judgement, Report report) implements Decision {}

  Decision on(PathSeen seen, Judgement judged) {
    Judgement judgement = judged.withChecks(overdue(seen, judged));
    return switch (judgement.verdict()) {
      case Verdict.Rejected(var findings) when isNarsFaultAlone(seen, judgement, findings) ->
          new BadNar(
              judgement.nar().orElseThrow(),
              List.of(judgement.narVersion().orElseThrow()),
              findings);
      case Verdict.Rejected(var findings) ->
          new Stands(judgement, rejected(seen, judgement, findings));
      case Verdict.Waiting(var need, var finding) ->
          new Stands(
              judgement, report(seen, judgement, Standing.WAITING, waitingSince(seen, need)));
      case Verdict.Verified verified -> new Stands(judgement, verified(seen, judgement));
    };
  }

  /** A wait that has lasted too long, or that would hide a better version, is a failure. */
  private List<CheckOutcome> overdue(PathSeen seen, Judgement judgement) {
    if (!(judgement.verdict() instanceof Verdict.Waiting(Need need, Finding finding))) {
      return judgement.checks();
    }
    boolean fails = isOverdue(need, seen) || better.liesBelow(seen, judgement);
    return fails ? judgement.checks().stream().map(Ruling::failed).toList() : judgement.checks();
  }

  private static CheckOutcome failed(CheckOutcome outcome) {
    return outcome.result() instanceof CheckResult.Waits(Need need, Finding finding)
        ? new CheckOutcome(outcome.check(), CheckResult.failed(finding))
        : outcome;
  }

  /**
   * A reference and an audit may take for ever; a NAR and a signature come with their narinfo. What
   * was admitted under other settings may wait for ever, too, and what was adopted: nobody has
   * pushed anything wrong.
   */
  private boolean isOverdue(Need need, PathSeen seen) {
    boolean mayTakeForEver =
        switch (need) {
          case Need.ForNar nar -> seen.isAdopted();
          case Need.ForSignature signature -> seen.isAdopted() || seen.admitted().isPresent();
          case Need.ForPath path -> true;
          case Need.ForAudit audit -> true;
        };
    return !mayTakeForEver
        && clock.instant().isAfter(waitingSince(seen, need).plus(seen.settings().grace()));
  }

  private Instant waitingSince(PathSeen seen, Need need) {
    return seen.reportOnThis()
        .filter(report -> report.need().equals(Optional.of(need)))
        .map(Report::since)
        .orElseGet(clock::instant);
  }

  /** Only the NAR is wrong, and this narinfo has stood, or may yet stand, with another version. */
  private boolean isNarsFaultAlone(PathSeen seen, Judgement judgement, List<Finding> findings) {
    if (judgement.narVersion().isEmpty()
        || !findings.stream().allMatch(finding -> finding.check().isAboutNar())) {
      return false;
    }
    ObjectKey nar = judgement.nar().orElseThrow().key();
    VersionId version = judgement.narVersion().get();
    return !tags.isVerified(nar, version)
        && (seen.isTaggedVerified()
            || waitedWithAnother(seen, nar, version)
            || (below.any(nar, version) && isAtFault(seen, judgement)));
  }

  private boolean waitedWithAnother(PathSeen seen, ObjectKey nar, VersionId version) {
    return seen.stands(Standing.WAITING)
        && seen.reportOnThis()
            .flatMap(Report::nar)
            .filter(other -> !other.equals(version))
            .flatMap(other -> cache.tags(nar, other))
            .isPresent();
  }

  private boolean isAtFault(PathSeen seen, Judgement judgement) {
    return blame
        .narsOwnFault(report(seen, judgement, Standing.REJECTED, clock.instant()))
        .isPresent();
  }

  private Report verified(PathSeen seen, Judgement judgement) {
    Instant since =
        seen.stands(Standing.VERIFIED) ? seen.report().orElseThrow().since() : clock.instant();
    return report(seen, judgement, Standing.VERIFIED, since);
  }

  private Report rejected(PathSeen seen, Judgement judgement, List<Finding> findings) {
    var withdrawal =
        new Withdrawal(
            seen.path().key(), seen.version(), clock.instant(), findings, judgement.text());
    return report(seen, judgement, Standing.REJECTED, clock.instant())
        .withdrawing(List.of(withdrawal));
  }

  private Report report(PathSeen seen, Judgement judgement, Standing standing, Instant since) {
    return new Report(
        seen.hash(),
        judgement.storePath(),
        standing,
        seen.version(),
        since,
        standing == Standing.VERIFIED
            ? seen.admitted().or(() -> Optional.of(since))
            : seen.admitted(),
        standing == Standing.VERIFIED
            ? Optional.of(seen.version())
            : seen.report().flatMap(Report::lastVerified),
        judgement.nar(),
        judgement.narVersion(),
        seen.digest(),
        judgement.checks(),
        judgement.facts(),
        seen.report().map(Report::withdrawals).orElse(List.of()),
        clock.instant());
  }
}
