package io.narthex.cache.check;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/** The stored file has as many bytes as {@code FileSize} claims, if it claims any. */
final class FileSizeMatches implements Check {
  @Override
  public CheckName name() {
    return CheckName.FILE_SIZE;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.narInfo().fileSize().isEmpty()) {
      return new CheckResult.Passed("the narinfo has no FileSize");
    }
    long claimed = evidence.narInfo().fileSize().getAsLong();
    return evidence
        .facts()
        .map(facts -> compare(claimed, facts))
        .orElseGet(() -> new CheckResult.NotRun("the NAR is not there"));
  }

  private CheckResult compare(long claimed, NarFacts facts) {
    return claimed == facts.fileSize()
        ? CheckResult.passed()
        : CheckResult.failed(
            new Finding(
                name(), "FileSize", Long.toString(claimed), Long.toString(facts.fileSize())));
  }
}
