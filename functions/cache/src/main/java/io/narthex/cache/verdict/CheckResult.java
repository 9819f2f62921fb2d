package io.narthex.cache.verdict;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import java.util.List;

/** What one check found. */
public sealed interface CheckResult {
  /** All is as it should be. */
  static CheckResult passed() {
    return new Passed("");
  }

  /** It fails with one finding. */
  static CheckResult failed(Finding finding) {
    return new Failed(List.of(finding));
  }

  /**
   * All is as it should be.
   *
   * @param note why, where that is not obvious; else empty
   */
  record Passed(String note) implements CheckResult {
    public Passed {
      requireNonNull(note, "note is null");
    }
  }

  /** Legal but odd; does not stand in the way. */
  record Warned(List<Finding> findings) implements CheckResult {
    public Warned {
      findings = nonEmpty(findings);
    }
  }

  /** Wrong: the object is rejected. */
  record Failed(List<Finding> findings) implements CheckResult {
    public Failed {
      findings = nonEmpty(findings);
    }
  }

  /** Neither right nor wrong yet. */
  record Waits(Need need, Finding finding) implements CheckResult {
    public Waits {
      requireNonNull(need, "need is null");
      requireNonNull(finding, "finding is null");
    }
  }

  /**
   * Could not be run.
   *
   * @param why what it would have needed
   */
  record NotRun(String why) implements CheckResult {
    public NotRun {
      requireNonNull(why, "why is null");
    }
  }

  private static List<Finding> nonEmpty(List<Finding> findings) {
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("no findings");
    }
    return List.copyOf(findings);
  }
}
