package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.check.Checks;
import io.narthex.cache.check.Evidence;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.report.Report;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges what lies under a narinfo key: reads, runs all checks, writes no verdict. */
final class PathJudge {
  private final NarLinks links;
  private final NarVersions narVersions;
  private final NarInspector inspector;
  private final Closure closure;

  PathJudge(NarLinks links, NarVersions narVersions, NarInspector inspector, Closure closure) {
    this.links = requireNonNull(links, "links is null");
    this.narVersions = requireNonNull(narVersions, "narVersions is null");
    this.inspector = requireNonNull(inspector, "inspector is null");
    this.closure = requireNonNull(closure, "closure is null");
  }

  /** What looking at a narinfo and its NAR came to. */
  sealed interface Found permits Judgement, BadNar, NarMoved {}

  /** The NAR was replaced while it was read: look again. */
  record NarMoved() implements Found {}

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
        Optional.empty(),
        List.of());
  }

  /** Judges a narinfo and the NAR it points at. */
  Found judge(PathSeen seen, NarInfoText.Parsed text) {
    Optional<NarPath> nar = NarPath.at(text.narInfo().url());
    nar.ifPresent(path -> link(seen, path));
    return switch (nar.map(path -> narVersions.find(path, seen.verifiedNar()))
        .orElseGet(NarVersions.Found.Nothing::new)) {
      case NarVersions.Found.Overwritten(var newer) -> newer;
      case NarVersions.Found.Nothing nothing ->
          judgement(seen, text, nar, Optional.empty(), Optional.empty());
      case NarVersions.Found.Counts(var version) -> read(seen, text, nar.orElseThrow(), version);
    };
  }

  private Found read(PathSeen seen, NarInfoText.Parsed text, NarPath nar, VersionId version) {
    NarInfo narInfo = text.narInfo();
    if (narInfo.compression().isEmpty()) {
      return judgement(seen, text, Optional.of(nar), Optional.of(version), Optional.empty());
    }
    try {
      return inspector
          .inspect(seen, narInfo, nar, version)
          .map(inspection -> inspected(seen, text, nar, version, inspection))
          .orElseGet(NarMoved::new);
    } catch (UnreadableObjectException e) {
      return narVersions.unreadable(nar, version, e);
    }
  }

  private Found inspected(
      PathSeen seen,
      NarInfoText.Parsed text,
      NarPath nar,
      VersionId version,
      NarInspector.Inspection inspection) {
    return inspection instanceof NarInspector.Inspection.Encoded(var encoding)
        ? NarVersions.encoded(nar, version, encoding)
        : judgement(seen, text, Optional.of(nar), Optional.of(version), Optional.of(inspection));
  }

  private Judgement judgement(
      PathSeen seen,
      NarInfoText.Parsed text,
      Optional<NarPath> nar,
      Optional<VersionId> version,
      Optional<NarInspector.Inspection> inspection) {
    NarInfo narInfo = text.narInfo();
    Optional<NarInspector.Inspection.Read> read =
        inspection
            .filter(NarInspector.Inspection.Read.class::isInstance)
            .map(NarInspector.Inspection.Read.class::cast);
    Optional<NarFacts> facts = read.map(NarInspector.Inspection.Read::facts);
    Optional<NarInspector.Inspection.Unread> unread =
        inspection
            .filter(NarInspector.Inspection.Unread.class::isInstance)
            .map(NarInspector.Inspection.Unread.class::cast);
    SignatureCheck signatures =
        TrustedPublicKeys.of(seen.settings().trustedPublicKeys())
            .verify(narInfo.fingerprint(), narInfo.sigs());
    var checks = new ArrayList<>(seen.contentChecks(version));
    if (checks.isEmpty()) {
      checks.addAll(
          Checks.ofParsed(
              new Evidence(
                  seen.hash(),
                  narInfo,
                  nar,
                  version.isPresent(),
                  OptionalLong.empty(),
                  unread.map(NarInspector.Inspection.Unread::said),
                  facts,
                  signatures,
                  seen.settings())));
    }
    checks.add(new CheckOutcome(CheckName.CLOSURE, closure(seen, narInfo, checks)));
    return new Judgement(
        checks,
        Optional.of(narInfo.storeDir().print(narInfo.storePath())),
        Optional.of(text.text()),
        nar,
        version,
        // What an audit finds is told by facts where there are none.
        facts.or(
            () ->
                unread.filter(NarInspector.Inspection.Unread::isForAudit).isPresent()
                    ? Optional.empty()
                    : seen.facts()),
        read.flatMap(NarInspector.Inspection.Read::listing),
        seen.settings().audiencesOf(signatures.goodNames()));
  }

  /** The link is there before the NAR is looked for, so that a NAR that comes later finds it. */
  private void link(PathSeen seen, NarPath nar) {
    boolean linked = seen.reportOnThis().flatMap(Report::url).equals(Optional.of(nar));
    if (!linked) {
      links.link(nar, seen.hash(), seen.version());
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
}
