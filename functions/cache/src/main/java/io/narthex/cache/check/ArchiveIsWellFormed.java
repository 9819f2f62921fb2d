package io.narthex.cache.check;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/**
 * The decoded bytes are one archive by the grammar of the Nix archive format, and nothing more. One
 * that is larger than may be is not read for that.
 */
final class ArchiveIsWellFormed implements Check {
  @Override
  public CheckName name() {
    return CheckName.ARCHIVE;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.unread().isPresent()) {
      return evidence.unread().get();
    }
    if (evidence.facts().isEmpty()) {
      return evidence.notRead();
    }
    return switch (evidence.facts().get().archive()) {
      case ArchiveFacts.WellFormed wellFormed -> CheckResult.passed();
      case ArchiveFacts.Malformed(var offset, var reason) ->
          CheckResult.failed(
              new Finding(name(), "NAR", "a Nix archive", reason + " at byte " + offset));
      case ArchiveFacts.TooLarge tooLarge -> new CheckResult.NotRun("longer than NarSize");
      case ArchiveFacts.Corrupt corrupt -> new CheckResult.NotRun("could not be decoded");
      case ArchiveFacts.Unsupported unsupported -> new CheckResult.NotRun("could not be decoded");
    };
  }
}
