package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import java.util.ArrayList;
import java.util.List;

/** All checks that need nothing but the narinfo and its NAR. All of them run, always. */
public final class Checks {
  private static final List<Check> ALL =
      List.of(
          new KeyMatchesStorePath(),
          new StoreDirIsOurs(),
          new UrlUnderNar(),
          new NarIsPresent(),
          new NarNamedByHash(),
          new FileHashMatches(),
          new FileSizeMatches(),
          new CompressionAsLabelled(),
          new ArchiveIsWellFormed(),
          new NarHashMatches(),
          new NarSizeMatches(),
          new ContentAddressMatches(),
          new ReferencesAreDeclared(),
          new SignaturesSuffice());

  private Checks() {}

  /** All that can be said of a narinfo that could be read, in the order of a report. */
  public static List<CheckOutcome> ofParsed(Evidence evidence) {
    var outcomes = new ArrayList<CheckOutcome>();
    outcomes.add(new CheckOutcome(CheckName.NARINFO_SYNTAX, CheckResult.passed()));
    outcomes.add(new CheckOutcome(CheckName.REFERENCES, CheckResult.passed()));
    outcomes.addAll(run(evidence));
    return outcomes;
  }

  private static List<CheckOutcome> run(Evidence evidence) {
    return ALL.stream().map(c -> new CheckOutcome(c.name(), c.run(evidence))).toList();
  }
}
