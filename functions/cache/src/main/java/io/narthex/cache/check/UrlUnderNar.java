package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/** The NAR is an object of this cache, under {@code nar/}: not another host, not a path upwards. */
final class UrlUnderNar implements Check {
  @Override
  public CheckName name() {
    return CheckName.URL;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    return evidence.nar().isPresent()
        ? CheckResult.passed()
        : CheckResult.failed(
            new Finding(name(), "URL", "a plain path under nar/", evidence.narInfo().url()));
  }
}
