package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/** The store path lies in the store directory of this cache. */
final class StoreDirIsOurs implements Check {
  @Override
  public CheckName name() {
    return CheckName.STORE_DIR;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    var ours = evidence.settings().storeDir();
    var actual = evidence.narInfo().storeDir();
    return actual.equals(ours)
        ? CheckResult.passed()
        : CheckResult.failed(new Finding(name(), "StorePath", ours + "/…", actual + "/…"));
  }
}
