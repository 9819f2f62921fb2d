package io.narthex.cache.check;

import static java.util.Locale.ROOT;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;

/** The bytes of the stored file have the SHA-256 that {@code FileHash} claims, if it claims one. */
final class FileHashMatches implements Check {
  @Override
  public CheckName name() {
    return CheckName.FILE_HASH;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.narInfo().fileHash().isEmpty()) {
      return new CheckResult.Passed("the narinfo has no FileHash");
    }
    Hash claimed = evidence.narInfo().fileHash().get();
    return evidence
        .facts()
        .map(facts -> compare(claimed, facts))
        .orElseGet(() -> new CheckResult.NotRun("the NAR is not there"));
  }

  private CheckResult compare(Hash claimed, NarFacts facts) {
    if (claimed.algorithm() != HashAlgorithm.SHA256) {
      String algorithm = claimed.algorithm().name().toLowerCase(ROOT);
      return CheckResult.failed(new Finding(name(), "FileHash", "sha256", algorithm));
    }
    return claimed.equals(facts.fileHash())
        ? CheckResult.passed()
        : CheckResult.failed(
            new Finding(name(), "FileHash", claimed.toString(), facts.fileHash().toString()));
  }
}
