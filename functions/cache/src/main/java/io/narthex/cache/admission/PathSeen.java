package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.AdoptedTag;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The present state of a store path, as one look found it.
 *
 * @param current the narinfo's current version and its tags
 * @param stored the report on the path, if it was judged before
 * @param digest of the settings
 */
record PathSeen(
    StorePathHash hash,
    TaggedVersion current,
    Optional<Reports.Stored> stored,
    Settings settings,
    String digest) {
  PathSeen {
    requireNonNull(hash, "hash is null");
    requireNonNull(current, "current is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(digest, "digest is null");
  }

  static PathSeen of(
      StorePathHash hash,
      TaggedVersion current,
      Optional<Reports.Stored> stored,
      Settings settings) {
    return new PathSeen(hash, current, stored, settings, SettingsJson.digest(settings));
  }

  NarInfoPath path() {
    return new NarInfoPath(hash);
  }

  VersionId version() {
    return current.version();
  }

  Optional<Report> report() {
    return stored.map(Reports.Stored::report);
  }

  Optional<NarFacts> facts() {
    return report().flatMap(Report::facts);
  }

  /** The version of the NAR that this version was verified with, if it was. */
  Optional<VersionId> verifiedNar() {
    return stands(Standing.VERIFIED) ? reportOnThis().flatMap(Report::nar) : Optional.empty();
  }

  /**
   * The first stage of the verdict, if it is known: what all checks but the closure found of this
   * narinfo with this version of its NAR, under these settings.
   */
  List<CheckOutcome> contentChecks(Optional<VersionId> nar) {
    return report()
        .filter(report -> isJudgedUnderTheseSettings() && report.nar().equals(nar))
        .filter(report -> report.need().filter(Need.ForPath.class::isInstance).isPresent())
        .map(Report::checks)
        .orElseGet(List::of)
        .stream()
        .filter(outcome -> outcome.check() != CheckName.CLOSURE)
        .toList();
  }

  /** When this version was first admitted, if it was. */
  Optional<Instant> admitted() {
    return reportOnThis().flatMap(Report::admitted);
  }

  /** Whether this version was admitted before: then its closure is not asked again. */
  boolean isTaggedVerified() {
    return VerdictTag.isVerified(current.tags());
  }

  /** Whether it was there before anybody verified what comes in: it is hidden, never deleted. */
  boolean isAdopted() {
    return AdoptedTag.isOn(current);
  }

  /** The report, if it is about this very version of the narinfo. */
  Optional<Report> reportOnThis() {
    return report().filter(report -> report.narinfo().equals(version()));
  }

  /** Whether the report says this of this version. */
  boolean stands(Standing standing) {
    return reportOnThis().filter(report -> report.standing() == standing).isPresent();
  }

  /** Whether the report says that the path is revoked, and was made for this version. */
  boolean isRevoked() {
    return reportOnThis().filter(Report::isRevoked).isPresent();
  }

  /** Whether this version was judged under these settings. */
  boolean isJudgedUnderTheseSettings() {
    return reportOnThis().filter(report -> report.settings().equals(digest)).isPresent();
  }
}
