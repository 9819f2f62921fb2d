package io.narthex.cache.check;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/** The NAR is there; if not, it may still be on its way. */
final class NarIsPresent implements Check {
  @Override
  public CheckName name() {
    return CheckName.NAR_PRESENT;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.narPresent()) {
      return CheckResult.passed();
    }
    return evidence
        .nar()
        .map(this::waits)
        .orElseGet(() -> new CheckResult.NotRun("URL names no NAR of this cache"));
  }

  private CheckResult waits(NarPath nar) {
    return new CheckResult.Waits(
        new Need.ForNar(nar), new Finding(name(), "URL", nar.key().value(), "no such object"));
  }
}
