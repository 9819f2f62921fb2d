package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes everything agree with what lies under a narinfo key at this moment: report, tags, derived
 * objects, wake-ups. What was done before is found done, so an event may come twice, late, or for
 * something that has changed since; whenever the state moves while we look, we look again.
 */
final class PathAdmission {
  private static final int MAX_LOOKS = 20;

  private final VersionedStore cache;
  private final Reports reports;
  private final SettingsSource settings;
  private final NarInfoReader narInfos;
  private final PathJudge judge;
  private final Ruling ruling;
  private final RevokedPaths revokedPaths;
  private final RevokedPathActions revokedActions;
  private final Waits waits;
  private final PathActions actions;
  private final Clock clock;
  private final PathLocks locks = new PathLocks();

  PathAdmission(
      VersionedStore cache,
      Reports reports,
      SettingsSource settings,
      RevokedPaths revokedPaths,
      RevokedPathActions revokedActions,
      NarInfoReader narInfos,
      PathJudge judge,
      Ruling ruling,
      Waits waits,
      PathActions actions,
      Clock clock) {
    this.cache = requireNonNull(cache, "cache is null");
    this.reports = requireNonNull(reports, "reports is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.revokedPaths = requireNonNull(revokedPaths, "revokedPaths is null");
    this.revokedActions = requireNonNull(revokedActions, "revokedActions is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.ruling = requireNonNull(ruling, "ruling is null");
    this.waits = requireNonNull(waits, "waits is null");
    this.actions = requireNonNull(actions, "actions is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Looks at a store path until nothing moves.
   *
   * @return what it came to last, and before that what was withdrawn on the way
   * @throws StoreException if the store fails, or things keep moving: the event must come again
   */
  List<Outcome> look(StorePathHash hash) {
    return locks.locking(
        hash,
        () -> {
          var outcomes = new ArrayList<Outcome>();
          for (int i = 0; i < MAX_LOOKS; i++) {
            Look look = lookOnce(hash);
            outcomes.addAll(look.outcomes());
            if (!look.again()) {
              return List.copyOf(outcomes);
            }
          }
          throw new StoreException(hash + " keeps changing while it is looked at");
        });
  }

  /** What one look came to, and whether another one must follow. */
  private record Look(List<Outcome> outcomes, boolean again) {
    static final Look AGAIN = new Look(List.of(), true);

    static Look done(Outcome outcome) {
      return new Look(List.of(outcome), false);
    }

    static Look doneOrAgain(Optional<Outcome> outcome) {
      return outcome.map(Look::done).orElse(AGAIN);
    }
  }

  private Look lookOnce(StorePathHash hash) {
    Optional<Reports.Stored> stored = reports.read(hash);
    Optional<TaggedVersion> current = cache.tags(new NarInfoPath(hash).key());
    if (current.isEmpty()) {
      return absent(hash, stored);
    }
    PathSeen seen = PathSeen.of(hash, current.get(), stored, settings.current());
    Optional<Revocation> revocation = revokedPaths.of(hash);
    if (revocation.isPresent()) {
      return Look.doneOrAgain(revokedActions.hide(seen, revocation.get()));
    }
    if (isSettled(seen)) {
      Report report = seen.report().orElseThrow();
      actions.wake(report);
      return Look.done(new Outcome.Unchanged(report));
    }
    if (stillWaits(seen)) {
      return Look.done(new Outcome.Unchanged(seen.report().orElseThrow()));
    }
    if (seen.stands(Standing.REJECTED) && seen.isJudgedUnderTheseSettings() && !seen.isRevoked()) {
      return rejectedBefore(seen, seen.report().orElseThrow());
    }
    return switch (narInfos.read(seen.path(), seen.version())) {
      case NarInfoText.Gone gone -> Look.AGAIN;
      case NarInfoText.Unreadable text -> rule(seen, PathJudge.unreadable(seen, text));
      case NarInfoText.Parsed text ->
          switch (judge.judge(seen, text)) {
            case PathJudge.NarMoved moved -> Look.AGAIN;
            case BadNar nar -> withdraw(seen, nar);
            case Judgement judgement -> rule(seen, judgement);
          };
    };
  }

  /** One that is hidden for good stays where it is; any other is withdrawn. */
  private Look rejectedBefore(PathSeen seen, Report report) {
    if (VerdictTag.of(seen.current().tags()).equals(Optional.of(VerdictTag.REJECTED))) {
      return Look.done(new Outcome.Unchanged(report));
    }
    return actions.withdraw(seen, report) ? Look.done(new Outcome.Judged(report)) : Look.AGAIN;
  }

  /**
   * Whether this version was verified under these settings, with the NAR that is there now, and all
   * that follows was done: its tag is the last thing written.
   */
  private boolean isSettled(PathSeen seen) {
    return seen.isTaggedVerified()
        && seen.stands(Standing.VERIFIED)
        && seen.isJudgedUnderTheseSettings()
        && nar(seen)
            .filter(nar -> VerdictTag.isVerified(nar.tags()))
            .map(TaggedVersion::version)
            .equals(seen.report().flatMap(Report::nar));
  }

  /**
   * Whether it waits for the same reference as before, or the same audit, with the NAR that was
   * judged: then there is nothing to judge again. The mark is placed again all the same, for it may
   * have been swept.
   */
  private boolean stillWaits(PathSeen seen) {
    return VerdictTag.of(seen.current().tags()).equals(Optional.of(VerdictTag.WAITING))
        && seen.stands(Standing.WAITING)
        && seen.isJudgedUnderTheseSettings()
        && seen.report().flatMap(Report::need).filter(need -> goesOn(seen, need)).isPresent();
  }

  private boolean goesOn(PathSeen seen, Need need) {
    boolean mayGoOn =
        switch (need) {
          case Need.ForPath path -> seen.settings().upstreams().isEmpty();
          case Need.ForAudit audit -> true;
          case Need.ForNar nar -> false;
          case Need.ForSignature signature -> false;
        };
    if (!mayGoOn
        || !nar(seen).map(TaggedVersion::version).equals(seen.report().flatMap(Report::nar))) {
      return false;
    }
    waits.begin(need, seen.path().key());
    return !waits.hasCome(need);
  }

  private Optional<TaggedVersion> nar(PathSeen seen) {
    return seen.report().flatMap(Report::url).flatMap(nar -> cache.tags(nar.key()));
  }

  private Look absent(StorePathHash hash, Optional<Reports.Stored> stored) {
    boolean mustSay =
        stored
            .map(s -> s.report().standing())
            .filter(s -> s == Standing.VERIFIED || s == Standing.WAITING)
            .isPresent();
    if (mustSay && !reports.replace(stored, stored.get().report().removed(clock.instant()))) {
      return Look.AGAIN;
    }
    stored.map(Reports.Stored::report).ifPresent(actions::forgetLink);
    return Look.done(new Outcome.Absent(hash));
  }

  /**
   * Takes versions of a NAR out while the narinfo stays; what lies under them comes back with its
   * tag in the same instant. If we stop before that, the narinfo is served and its NAR is not.
   */
  private Look withdraw(PathSeen seen, BadNar nar) {
    List<Withdrawal> withdrawals = nar.withdrawals(clock.instant());
    Optional<Report> report = seen.report().map(r -> r.withdrawing(withdrawals));
    if (report.isPresent() && !reports.replace(seen.stored(), report.get())) {
      return Look.AGAIN;
    }
    withdrawals.forEach(w -> cache.delete(w.key(), w.version()));
    return new Look(withdrawals.stream().<Outcome>map(Outcome.NarWithdrawn::new).toList(), true);
  }

  private Look rule(PathSeen seen, Judgement judgement) {
    return switch (ruling.on(seen, judgement)) {
      case BadNar nar -> withdraw(seen, nar);
      case Ruling.Stands(var judged, var report) ->
          reports.replace(seen.stored(), report)
              ? Look.doneOrAgain(actions.apply(seen, judged, report))
              : Look.AGAIN;
    };
  }
}
