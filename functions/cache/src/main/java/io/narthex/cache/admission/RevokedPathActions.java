package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.VerdictTag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes a revoked store path out of view: every version of its narinfo, what was derived from its
 * NAR, and every version of the NAR, unless another verified path has it. Nothing is deleted, so
 * that a revocation can be taken back.
 *
 * <p>The report is first and the NAR's tags are last: if we stop in between, the next look does all
 * of it again.
 */
final class RevokedPathActions {
  private final Reports reports;
  private final VerdictTags tags;
  private final NarLinks links;
  private final DerivedObjects derived;
  private final Clock clock;

  RevokedPathActions(
      Reports reports, VerdictTags tags, NarLinks links, DerivedObjects derived, Clock clock) {
    this.reports = requireNonNull(reports, "reports is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.links = requireNonNull(links, "links is null");
    this.derived = requireNonNull(derived, "derived is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Makes everything agree with the revocation; empty if something has moved meanwhile. */
  Optional<Outcome> hide(PathSeen seen, Revocation revocation) {
    Report report = report(seen, revocation);
    boolean isNew = !seen.isRevoked();
    if (!isNew && isHidden(seen, report)) {
      return Optional.of(new Outcome.Unchanged(seen.report().orElseThrow()));
    }
    if (!reports.replace(seen.stored(), report)) {
      return Optional.empty();
    }
    tags.hide(seen.path().key());
    // Readers are told at once that there is nothing to wait for.
    if (!tags.revoke(seen.path().key(), seen.version())) {
      return Optional.empty();
    }
    derived.hide(report);
    report.url().filter(nar -> !isAnothers(seen, nar)).map(NarPath::key).ifPresent(tags::hide);
    return Optional.of(isNew ? new Outcome.Judged(report) : new Outcome.Unchanged(report));
  }

  /** Whether all of it has been done, by what is done last. */
  private boolean isHidden(PathSeen seen, Report report) {
    return VerdictTag.of(seen.current().tags()).equals(Optional.of(VerdictTag.REJECTED))
        && report
            .url()
            .filter(nar -> tags.isVerified(nar.key()))
            .filter(nar -> !isAnothers(seen, nar))
            .isEmpty();
  }

  private boolean isAnothers(PathSeen seen, NarPath nar) {
    return links.linked(nar).stream()
        .filter(other -> !other.equals(seen.hash()))
        .anyMatch(other -> tags.isVerified(new NarInfoPath(other).key()));
  }

  private Report report(PathSeen seen, Revocation revocation) {
    Optional<Report> before = seen.report();
    Instant now = clock.instant();
    var finding =
        new Finding(
            CheckName.REVOCATION,
            "StorePath",
            "one that is not revoked",
            revocation.reason() + " (" + revocation.at() + ")");
    return new Report(
        seen.hash(),
        before.flatMap(Report::storePath),
        Standing.REJECTED,
        seen.version(),
        seen.isRevoked() ? before.orElseThrow().since() : now,
        Optional.empty(),
        Optional.empty(),
        before.flatMap(Report::url),
        before.flatMap(Report::nar),
        seen.digest(),
        List.of(new CheckOutcome(CheckName.REVOCATION, CheckResult.failed(finding))),
        before.flatMap(Report::facts),
        before.map(Report::withdrawals).orElse(List.of()),
        now);
  }
}
