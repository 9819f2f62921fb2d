package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What judging a narinfo and its NAR came to, before anything is written.
 *
 * @param storePath full path, if the narinfo could be read
 * @param text of the narinfo, for the report of a withdrawal
 * @param nar the NAR it points at
 * @param narVersion the version of it that was judged
 * @param listing the JSON of the listing, if the NAR was read just now
 * @param audiences for whom trusted keys have signed it
 */
record Judgement(
    List<CheckOutcome> checks,
    Optional<String> storePath,
    Optional<String> text,
    Optional<NarPath> nar,
    Optional<VersionId> narVersion,
    Optional<NarFacts> facts,
    Optional<DerivedListing> listing,
    List<String> audiences)
    implements PathJudge.Found {
  Judgement {
    checks = List.copyOf(checks);
    requireNonNull(storePath, "storePath is null");
    requireNonNull(text, "text is null");
    requireNonNull(nar, "nar is null");
    requireNonNull(narVersion, "narVersion is null");
    requireNonNull(facts, "facts is null");
    requireNonNull(listing, "listing is null");
    audiences = List.copyOf(audiences);
  }

  Verdict verdict() {
    return Verdict.of(checks);
  }

  /** Whether trusted keys vouch for it. */
  boolean isSigned() {
    return checks.stream().anyMatch(o -> o.isPassed(CheckName.SIGNATURES));
  }

  /** Whether trusted keys vouch for it, or its own content: not just anybody can have sent it. */
  boolean isVouchedFor() {
    return isSigned()
        || (checks.stream().anyMatch(o -> o.isPassed(CheckName.CONTENT_ADDRESS))
            && checks.stream().noneMatch(Judgement::waitsForSignature));
  }

  private static boolean waitsForSignature(CheckOutcome outcome) {
    return outcome.check() == CheckName.SIGNATURES
        && !(outcome.result() instanceof CheckResult.NotRun);
  }

  Judgement withChecks(List<CheckOutcome> others) {
    return new Judgement(others, storePath, text, nar, narVersion, facts, listing, audiences);
  }
}
