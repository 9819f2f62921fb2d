package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.check.Checks;
import io.narthex.cache.check.Evidence;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.narinfo.NarInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what lies under a narinfo key: reads, runs all checks, writes no verdict. */
final class PathJudge {
  private final VersionedStore cache;
  private final NarLinks links;
  private final NarInspector inspector;
  private final Closure closure;

  PathJudge(VersionedStore cache, NarLinks links, NarInspector inspector, Closure closure) {
    this.cache = requireNonNull(cache, "cache is null");
    this.links = requireNonNull(links, "links is null");
    this.inspector = requireNonNull(inspector, "inspector is null");
    this.closure = requireNonNull(closure, "closure is null");
  }

  /** Judges a narinfo that cannot be read. */
  static Judgement unreadable(PathSeen seen, NarInfoText.Unreadable text) {
    CheckOutcome outcome =
        new CheckOutcome(text.finding().check(), CheckResult.failed(text.finding()));
    return new Judgement(
        List.of(outcome),
        Optional.empty(),
        text.text(),
        Optional.empty(),
        Optional.empty(),
        seen.facts(),
        Optional.empty());
  }

  /**
   * Judges a narinfo and the NAR it points at.
   *
   * @return empty if the NAR was replaced while it was read: look again
   */
  Optional<Judgement> judge(PathSeen seen, NarInfoText.Parsed text) {
    NarInfo narInfo = text.narInfo();
    Optional<NarPath> nar = narOf(narInfo);
    nar.ifPresent(path -> link(seen, path));
    Optional<StoredObject> narObject = nar.flatMap(path -> cache.head(path.key()));
    Optional<NarInspector.Inspection> inspection = Optional.empty();
    if (narObject.isPresent() && narInfo.compression().isPresent()) {
      inspection = inspector.inspect(seen, narInfo, nar.orElseThrow(), narObject.get().version());
      if (inspection.isEmpty()) {
        return Optional.empty();
      }
    }
    Optional<NarFacts> facts = inspection.map(NarInspector.Inspection::facts);
    var checks = new ArrayList<CheckOutcome>();
    checks.add(new CheckOutcome(CheckName.NARINFO_SYNTAX, CheckResult.passed()));
    checks.add(new CheckOutcome(CheckName.REFERENCES, CheckResult.passed()));
    checks.addAll(
        Checks.run(
            new Evidence(
                seen.hash(), narInfo, nar, narObject.isPresent(), facts, seen.settings())));
    checks.add(new CheckOutcome(CheckName.CLOSURE, closure(seen, narInfo, checks)));
    return Optional.of(
        new Judgement(
            checks,
            Optional.of(narInfo.storeDir().print(narInfo.storePath())),
            Optional.of(text.text()),
            nar,
            narObject.map(StoredObject::version),
            facts.or(seen::facts),
            inspection.flatMap(NarInspector.Inspection::listing)));
  }

  /** The link is there before the NAR is looked for, so that a NAR that comes later finds it. */
  private void link(PathSeen seen, NarPath nar) {
    boolean linked = seen.facts().filter(facts -> facts.reading().nar().equals(nar)).isPresent();
    if (!linked) {
      links.link(nar, seen.hash());
    }
  }

  private CheckResult closure(PathSeen seen, NarInfo narInfo, List<CheckOutcome> others) {
    return switch (Verdict.of(others)) {
      case Verdict.Rejected rejected -> new CheckResult.NotRun("rejected without it");
      case Verdict.Waiting waiting -> new CheckResult.NotRun("waits for something else first");
      case Verdict.Verified verified when seen.isTaggedVerified() ->
          new CheckResult.Passed("complete when it was admitted");
      case Verdict.Verified verified -> closure.check(narInfo, seen.settings());
    };
  }

  private static Optional<NarPath> narOf(NarInfo narInfo) {
    return CachePath.parse(narInfo.url())
        .filter(NarPath.class::isInstance)
        .map(NarPath.class::cast);
  }
}
