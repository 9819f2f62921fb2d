package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
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
  private final PathActions actions;
  private final Clock clock;
  private final PathLocks locks = new PathLocks();

  PathAdmission(
      VersionedStore cache,
      Reports reports,
      SettingsSource settings,
      NarInfoReader narInfos,
      PathJudge judge,
      Ruling ruling,
      PathActions actions,
      Clock clock) {
    this.cache = requireNonNull(cache, "cache is null");
    this.reports = requireNonNull(reports, "reports is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.ruling = requireNonNull(ruling, "ruling is null");
    this.actions = requireNonNull(actions, "actions is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Looks at a store path until nothing moves.
   *
   * @throws StoreException if the store fails, or things keep moving: the event must come again
   */
  Outcome look(StorePathHash hash) {
    return locks.locking(
        hash,
        () -> {
          for (int i = 0; i < MAX_LOOKS; i++) {
            Optional<Outcome> outcome = lookOnce(hash);
            if (outcome.isPresent()) {
              return outcome.get();
            }
          }
          throw new StoreException(hash + " keeps changing while it is looked at");
        });
  }

  /** One look; empty if something moved meanwhile. */
  private Optional<Outcome> lookOnce(StorePathHash hash) {
    Optional<Reports.Stored> stored = reports.read(hash);
    Optional<TaggedVersion> current = cache.tags(new NarInfoPath(hash).key());
    if (current.isEmpty()) {
      return absent(hash, stored);
    }
    PathSeen seen = PathSeen.of(hash, current.get(), stored, settings.current());
    if (isSettled(seen)) {
      Report report = seen.report().orElseThrow();
      actions.wake(report);
      return Optional.of(new Outcome.Unchanged(report));
    }
    if (seen.stands(Standing.REJECTED) && seen.isJudgedUnderTheseSettings()) {
      Report report = seen.report().orElseThrow();
      actions.withdraw(seen, report);
      return Optional.of(new Outcome.Judged(report));
    }
    return switch (narInfos.read(seen.path(), seen.version())) {
      case NarInfoText.Gone gone -> Optional.empty();
      case NarInfoText.Unreadable text -> rule(seen, PathJudge.unreadable(seen, text));
      case NarInfoText.Parsed text ->
          judge.judge(seen, text).flatMap(judgement -> rule(seen, judgement));
    };
  }

  /**
   * Whether this version was verified under these settings, with the NAR that is there now, and all
   * that follows was done: its tag is the last thing written.
   */
  private boolean isSettled(PathSeen seen) {
    return seen.isTaggedVerified()
        && seen.stands(Standing.VERIFIED)
        && seen.isJudgedUnderTheseSettings()
        && seen.facts()
            .map(NarFacts::reading)
            .flatMap(reading -> cache.tags(reading.nar().key()))
            .filter(nar -> VerdictTag.of(nar.tags()).equals(Optional.of(VerdictTag.VERIFIED)))
            .map(TaggedVersion::version)
            .equals(seen.report().flatMap(Report::nar));
  }

  private Optional<Outcome> absent(StorePathHash hash, Optional<Reports.Stored> stored) {
    boolean mustSay =
        stored
            .map(s -> s.report().standing())
            .filter(s -> s == Standing.VERIFIED || s == Standing.WAITING)
            .isPresent();
    if (mustSay && !reports.replace(stored, stored.get().report().removed(clock.instant()))) {
      return Optional.empty();
    }
    return Optional.of(new Outcome.Absent(hash));
  }

  private Optional<Outcome> rule(PathSeen seen, Judgement judgement) {
    return switch (ruling.on(seen, judgement)) {
      case Ruling.NarIsAnotherOne(var report, var withdrawal) ->
          reports.replace(seen.stored(), report)
              ? Optional.of(actions.withdrawNar(report, withdrawal))
              : Optional.empty();
      case Ruling.Stands(var judged, var report) ->
          reports.replace(seen.stored(), report)
              ? actions.apply(seen, judged, report)
              : Optional.empty();
    };
  }
}
