package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/** The narinfo lies under the hash of the store path that it is about. */
final class KeyMatchesStorePath implements Check {
  @Override
  public CheckName name() {
    return CheckName.KEY_MATCHES_STORE_PATH;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    var actual = evidence.narInfo().storePath().hash();
    return actual.equals(evidence.hash())
        ? CheckResult.passed()
        : CheckResult.failed(
            new Finding(
                name(),
                "StorePath",
                evidence.hash() + "-…",
                evidence.narInfo().storePath().toString()));
  }
}
