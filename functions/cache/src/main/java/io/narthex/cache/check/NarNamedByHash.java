package io.narthex.cache.check;

import io.narthex.cache.nar.Naming;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/**
 * A NAR that is named by a hash is named by its own. A client sends no NAR where one of that name
 * is, so a wrong one would keep the right one out.
 */
final class NarNamedByHash implements Check {
  @Override
  public CheckName name() {
    return CheckName.NAR_NAME;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    return evidence.facts().map(this::check).orElseGet(() -> evidence.notRead());
  }

  private CheckResult check(NarFacts facts) {
    return switch (Naming.of(facts)) {
      case RIGHT -> CheckResult.passed();
      case SILENT -> new CheckResult.Passed("the name says nothing");
      case WRONG ->
          CheckResult.failed(
              new Finding(
                  name(),
                  "URL",
                  facts.reading().nar().key() + " to be named by its SHA-256",
                  facts.fileHash().nix32()));
    };
  }
}
