package io.narthex.validate;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.report.Report;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/** What a log line says of an outcome. */
record Ruled(
    String verdict,
    Optional<String> versionId,
    Optional<String> storePath,
    List<Finding> findings) {
  Ruled {
    findings = List.copyOf(findings);
  }

  static Ruled of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged(var report) -> of(report, report.standing().toString());
      case Outcome.Unchanged(var report) -> of(report, report.standing().toString());
      case Outcome.NarWithdrawn(var withdrawal) ->
          new Ruled(
              "nar-withdrawn",
              Optional.of(withdrawal.version().value()),
              Optional.empty(),
              withdrawal.findings());
      case Outcome.Absent _ -> bare("absent", List.of());
      case Outcome.ObjectVerified _ -> bare("verified", List.of());
      case Outcome.ObjectWaiting(var _, var finding) -> bare("waiting", List.of(finding));
      case Outcome.ObjectRejected(var _, var findings) -> bare("rejected", findings);
      case Outcome.Nothing _ -> bare("nothing", List.of());
    };
  }

  private static Ruled of(Report report, String verdict) {
    return new Ruled(
        verdict,
        Optional.of(report.narinfo().value()),
        report.storePath(),
        findings(report.verdict()));
  }

  private static Ruled bare(String verdict, List<Finding> findings) {
    return new Ruled(verdict, Optional.empty(), Optional.empty(), findings);
  }

  private static List<Finding> findings(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified _ -> List.of();
      case Verdict.Waiting(var _, var finding) -> List.of(finding);
      case Verdict.Rejected(var findings) -> findings;
    };
  }
}
