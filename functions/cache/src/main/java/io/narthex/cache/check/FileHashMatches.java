package io.narthex.cache.check;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import java.util.List;

/**
 * The bytes of the stored file have the SHA-256 that {@code FileHash} claims, if it claims one. Nix
 * takes any algorithm and looks at none: another than it writes is odd, and is not computed.
 */
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
        .orElseGet(() -> evidence.notRead());
  }

  private CheckResult compare(Hash claimed, NarFacts facts) {
    var finding = new Finding(name(), "FileHash", claimed.toString(), facts.fileHash().toString());
    if (claimed.algorithm() != HashAlgorithm.SHA256) {
      return new CheckResult.Warned(List.of(finding));
    }
    return claimed.equals(facts.fileHash()) ? CheckResult.passed() : CheckResult.failed(finding);
  }
}
