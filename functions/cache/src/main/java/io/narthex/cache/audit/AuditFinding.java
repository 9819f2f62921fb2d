package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import java.util.List;
import java.util.stream.Stream;

/** One thing that a check has found, and what it means for the path. */
public record AuditFinding(Weight weight, Finding finding) {
  public AuditFinding {
    requireNonNull(weight, "weight is null");
    requireNonNull(finding, "finding is null");
  }

  /** What a finding means for its path. */
  public enum Weight {
    /** The path is rejected. */
    FAILED("failed"),
    /** The path waits. */
    WAITS("waits"),
    /** Legal but odd. */
    WARNED("warned");

    private final String label;

    Weight(String label) {
      this.label = label;
    }

    /** As in reports, e.g. {@code failed}. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** All findings of these checks, in their order. */
  static List<AuditFinding> of(List<CheckOutcome> outcomes) {
    return outcomes.stream().flatMap(outcome -> of(outcome.result())).toList();
  }

  private static Stream<AuditFinding> of(CheckResult result) {
    return switch (result) {
      case CheckResult.Passed passed -> Stream.empty();
      case CheckResult.NotRun notRun -> Stream.empty();
      case CheckResult.Warned(var findings) -> all(Weight.WARNED, findings);
      case CheckResult.Failed(var findings) -> all(Weight.FAILED, findings);
      case CheckResult.Waits(var need, var finding) -> all(Weight.WAITS, List.of(finding));
    };
  }

  private static Stream<AuditFinding> all(Weight weight, List<Finding> findings) {
    return findings.stream().map(finding -> new AuditFinding(weight, finding));
  }
}
