package io.narthex.cache.verdict;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One check and what it found. */
public record CheckOutcome(CheckName check, CheckResult result) {
  public CheckOutcome {
    requireNonNull(check, "check is null");
    requireNonNull(result, "result is null");
  }

  /** Whether it is this check, and all is as it should be. */
  public boolean isPassed(CheckName name) {
    return check == name && result instanceof CheckResult.Passed;
  }

  /** What made it fail; empty unless it failed. */
  public List<Finding> failures() {
    return result instanceof CheckResult.Failed(var findings) ? findings : List.of();
  }

  /** What it remarked without failing. */
  public List<Finding> warnings() {
    return result instanceof CheckResult.Warned(var findings) ? findings : List.of();
  }
}
