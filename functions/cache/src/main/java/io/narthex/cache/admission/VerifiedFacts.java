package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * What is known of the archives of verified paths, by their reports. A report says
 * <em>verified</em> before what follows from its NAR is written, so whoever writes such an object
 * later finds it.
 */
final class VerifiedFacts {
  private final Reports reports;

  VerifiedFacts(Reports reports) {
    this.reports = requireNonNull(reports, "reports is null");
  }

  /** Of a path that trusted keys have signed. */
  Optional<NarFacts> ofSigned(StorePathHash hash) {
    return report(hash).filter(Report::isSigned).flatMap(Report::facts);
  }

  Optional<ArchiveFacts.WellFormed> archiveOf(StorePathHash hash) {
    return report(hash)
        .flatMap(Report::facts)
        .map(NarFacts::archive)
        .filter(ArchiveFacts.WellFormed.class::isInstance)
        .map(ArchiveFacts.WellFormed.class::cast);
  }

  private Optional<Report> report(StorePathHash hash) {
    return reports
        .read(hash)
        .map(Reports.Stored::report)
        .filter(report -> report.standing() == Standing.VERIFIED);
  }
}
