package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.hash.Hash;

/** The decoded archive has the SHA-256 that {@code NarHash} claims and that signatures cover. */
final class NarHashMatches implements Check {
  @Override
  public CheckName name() {
    return CheckName.NAR_HASH;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    return evidence
        .archive()
        .map(archive -> compare(evidence.narInfo().narHash(), archive.narHash()))
        .orElseGet(() -> new CheckResult.NotRun("there is no whole archive"));
  }

  private CheckResult compare(Hash claimed, Hash actual) {
    return claimed.equals(actual)
        ? CheckResult.passed()
        : CheckResult.failed(new Finding(name(), "NarHash", claimed.toString(), actual.toString()));
  }
}
