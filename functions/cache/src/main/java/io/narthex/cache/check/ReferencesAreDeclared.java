package io.narthex.cache.check;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import java.util.List;

/**
 * Every store path whose text occurs in the archive is among the references. Otherwise a closure
 * looks complete and is not.
 */
final class ReferencesAreDeclared implements Check {
  private static final int MAX_FINDINGS = 10;

  @Override
  public CheckName name() {
    return CheckName.UNDECLARED_REFERENCES;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    return evidence
        .archive()
        .map(archive -> compare(evidence, archive))
        .orElseGet(() -> new CheckResult.NotRun("there is no whole archive"));
  }

  private CheckResult compare(Evidence evidence, ArchiveFacts.WellFormed archive) {
    List<Finding> findings =
        archive.storePaths().stream()
            .filter(path -> !isDeclared(evidence.narInfo(), path))
            .limit(MAX_FINDINGS)
            .map(
                path ->
                    new Finding(
                        name(),
                        "References",
                        "all that occur in the NAR",
                        path + " is not declared"))
            .toList();
    if (findings.isEmpty()) {
      return new CheckResult.Passed(archive.storePathsComplete() ? "" : "too many to look at all");
    }
    return switch (evidence.settings().undeclared()) {
      case UndeclaredMode.WARN -> new CheckResult.Warned(findings);
      case UndeclaredMode.REJECT -> new CheckResult.Failed(findings);
    };
  }

  /** By hash, as Nix scans: the name in the archive may be followed by more text. */
  private static boolean isDeclared(NarInfo narInfo, StorePath path) {
    return path.hash().equals(narInfo.storePath().hash())
        || narInfo.references().stream().anyMatch(r -> r.hash().equals(path.hash()));
  }
}
