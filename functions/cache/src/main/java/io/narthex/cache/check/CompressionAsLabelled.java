package io.narthex.cache.check;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/**
 * The stored file is a whole stream of the compression that the narinfo names, and nothing follows
 * it. Nix looks at the bytes rather than the label, so a wrong label is read differently by others.
 */
final class CompressionAsLabelled implements Check {
  @Override
  public CheckName name() {
    return CheckName.COMPRESSION;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.narInfo().compression().isEmpty()) {
      return failed("a compression that Nix knows", evidence.narInfo().compressionLabel());
    }
    if (evidence.facts().isEmpty()) {
      return evidence.notRead();
    }
    return switch (evidence.facts().get().archive()) {
      case ArchiveFacts.WellFormed wellFormed -> CheckResult.passed();
      case ArchiveFacts.Malformed malformed -> CheckResult.passed();
      case ArchiveFacts.TooLarge tooLarge -> CheckResult.passed();
      case ArchiveFacts.Corrupt(var reason) ->
          failed("a whole " + evidence.narInfo().compressionLabel() + " stream", reason);
      case ArchiveFacts.Unsupported(var compression) ->
          failed("none, xz, zstd, gzip, bzip2, br or lz4", compression);
    };
  }

  private CheckResult failed(String expected, String actual) {
    return CheckResult.failed(new Finding(name(), "Compression", expected, actual));
  }
}
