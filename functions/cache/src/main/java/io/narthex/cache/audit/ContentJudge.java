package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.check.Checks;
import io.narthex.cache.check.Evidence;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.SignatureVerifier;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import java.util.Optional;

/** Runs all checks but that of the closure. */
final class ContentJudge {
  private final Settings settings;
  private final TrustedPublicKeys trusted;

  ContentJudge(Settings settings, SignatureVerifier verifier) {
    this.settings = requireNonNull(settings, "settings is null");
    this.trusted = TrustedPublicKeys.of(settings.trustedPublicKeys()).verifiedBy(verifier);
  }

  /** What the checks came to. */
  record Content(List<AuditFinding> findings, PathSizes sizes) {
    Content {
      findings = List.copyOf(findings);
      requireNonNull(sizes, "sizes is null");
    }

    AuditVerdict verdict() {
      if (has(AuditFinding.Weight.FAILED)) {
        return AuditVerdict.REJECTED;
      }
      return has(AuditFinding.Weight.WAITS) ? AuditVerdict.WAITING : AuditVerdict.VERIFIED;
    }

    private boolean has(AuditFinding.Weight weight) {
      return findings.stream().anyMatch(finding -> finding.weight() == weight);
    }
  }

  Content judge(StorePathHash hash, NarInfo narInfo, NarSeen seen) {
    SignatureCheck signatures = trusted.verify(narInfo.fingerprint(), narInfo.sigs());
    List<AuditFinding> findings =
        seen instanceof NarSeen.Known known
            ? known.findings()
            : AuditFinding.of(Checks.ofParsed(evidence(hash, narInfo, seen, signatures)));
    PathSizes sizes =
        new PathSizes(
            narInfo.compressionLabel(),
            seen.size().orElse(narInfo.fileSize().orElse(0)),
            narInfo.narSize(),
            signatures.goodNames().stream().map(Object::toString).toList(),
            seen.archive());
    return new Content(findings, sizes);
  }

  private Evidence evidence(
      StorePathHash hash, NarInfo narInfo, NarSeen seen, SignatureCheck signatures) {
    Optional<CheckResult> unread =
        seen instanceof NarSeen.Unread(var object, var finding)
            ? Optional.of(CheckResult.failed(finding))
            : Optional.empty();
    Optional<NarFacts> facts =
        seen instanceof NarSeen.Read(var object, var found) ? Optional.of(found) : Optional.empty();
    return new Evidence(
        hash,
        narInfo,
        NarPath.at(narInfo.url()),
        seen.isThere(),
        seen.size(),
        unread,
        facts,
        signatures,
        settings);
  }
}
