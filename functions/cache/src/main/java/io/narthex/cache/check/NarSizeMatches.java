package io.narthex.cache.check;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;

/**
 * The decoded archive has as many bytes as {@code NarSize} claims. Decoding stops where it has
 * more, so a small file that inflates without end costs no more than what its narinfo admits to.
 */
final class NarSizeMatches implements Check {
  @Override
  public CheckName name() {
    return CheckName.NAR_SIZE;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    if (evidence.facts().isEmpty()) {
      return evidence.notRead();
    }
    long claimed = evidence.narInfo().narSize();
    return switch (evidence.facts().get().archive()) {
      case ArchiveFacts.WellFormed archive when archive.narSize() == claimed ->
          CheckResult.passed();
      case ArchiveFacts.WellFormed archive -> failed(claimed, Long.toString(archive.narSize()));
      case ArchiveFacts.TooLarge tooLarge -> failed(claimed, "more");
      case ArchiveFacts.Malformed malformed -> new CheckResult.NotRun("not an archive");
      case ArchiveFacts.Corrupt corrupt -> new CheckResult.NotRun("could not be decoded");
      case ArchiveFacts.Unsupported unsupported -> new CheckResult.NotRun("could not be decoded");
    };
  }

  private CheckResult failed(long claimed, String actual) {
    return CheckResult.failed(new Finding(name(), "NarSize", Long.toString(claimed), actual));
  }
}
