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
    List<Finding> findings = findings(evidence.narInfo(), archive);
    if (findings.isEmpty()) {
      return CheckResult.passed();
    }
    return switch (evidence.settings().undeclared()) {
      case UndeclaredMode.WARN -> new CheckResult.Warned(findings);
      case UndeclaredMode.REJECT -> new CheckResult.Failed(findings);
    };
  }

  /** Where not all were looked at, nothing shows that the others are declared. */
  private List<Finding> findings(NarInfo narInfo, ArchiveFacts.WellFormed archive) {
    List<Finding> undeclared =
        archive.storePaths().stream()
            .filter(path -> !isDeclared(narInfo, path))
            .limit(MAX_FINDINGS)
            .map(path -> finding(path + " is not declared"))
            .toList();
    return undeclared.isEmpty() && !archive.storePathsComplete()
        ? List.of(finding("too many to look at all"))
        : undeclared;
  }

  private Finding finding(String actual) {
    return new Finding(name(), "References", "all that occur in the NAR", actual);
  }

  /** By hash, as Nix scans: the name in the archive may be followed by more text. */
  private static boolean isDeclared(NarInfo narInfo, StorePath path) {
    return path.hash().equals(narInfo.storePath().hash())
        || narInfo.references().stream().anyMatch(r -> r.hash().equals(path.hash()));
  }
}
