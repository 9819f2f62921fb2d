package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import java.util.OptionalLong;

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
    OptionalLong stored =
        evidence
            .facts()
            .map(facts -> OptionalLong.of(facts.fileSize()))
            .orElse(evidence.storedSize());
    return stored.isEmpty()
        ? evidence.notRead()
        : compare(evidence.narInfo().fileSize().getAsLong(), stored.getAsLong());
  }

  private CheckResult compare(long claimed, long stored) {
    return claimed == stored
        ? CheckResult.passed()
        : CheckResult.failed(
            new Finding(name(), "FileSize", Long.toString(claimed), Long.toString(stored)));
  }
}
