package io.narthex.cache.verdict;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the checks come to. */
public sealed interface Verdict {
  /** Everything that was checked is right: may be served. */
  record Verified() implements Verdict {}

  /** Nothing is wrong and one thing is missing: not served until it comes. */
  record Waiting(Need need, Finding finding) implements Verdict {
    public Waiting {
      requireNonNull(need, "need is null");
      requireNonNull(finding, "finding is null");
    }
  }

  /** Something is wrong: never served, and withdrawn. */
  record Rejected(List<Finding> findings) implements Verdict {
    public Rejected {
      findings = List.copyOf(findings);
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("a rejection needs a finding");
      }
    }
  }

  /**
   * Rejected if any check failed; else waiting for the first thing missing, for an audit last; else
   * verified.
   */
  static Verdict of(List<CheckOutcome> outcomes) {
    List<Finding> failures = outcomes.stream().flatMap(o -> o.failures().stream()).toList();
    if (!failures.isEmpty()) {
      return new Rejected(failures);
    }
    return firstWait(outcomes)
        .<Verdict>map(w -> new Waiting(w.need(), w.finding()))
        .orElseGet(Verified::new);
  }

  private static Optional<CheckResult.Waits> firstWait(List<CheckOutcome> outcomes) {
    return outcomes.stream()
        .map(CheckOutcome::result)
        .filter(CheckResult.Waits.class::isInstance)
        .map(CheckResult.Waits.class::cast)
        .min(Comparator.comparing(waits -> waits.need() instanceof Need.ForAudit));
  }
}
