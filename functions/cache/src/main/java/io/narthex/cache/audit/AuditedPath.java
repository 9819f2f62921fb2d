package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;

/**
 * What the audit says of one path.
 *
 * @param hash from the key of the narinfo
 * @param storePath full path, e.g. {@code /nix/store/…-hello-2.12}, if the narinfo could be read
 * @param why in words, why it is unchecked; empty for all other verdicts
 * @param findings in the order of the checks; a verified path may have warnings, an unchecked one
 *     what was found before reading failed
 * @param sizes if the narinfo could be read
 * @param misses all references that make its closure incomplete
 */
public record AuditedPath(
    StorePathHash hash,
    Optional<String> storePath,
    AuditVerdict verdict,
    Optional<String> why,
    List<AuditFinding> findings,
    Optional<PathSizes> sizes,
    List<MissedReference> misses) {
  /** Why a path of a quick audit is unchecked although nothing is wrong with it. */
  public static final String NOT_READ = "its NAR was not read";

  public AuditedPath {
    requireNonNull(hash, "hash is null");
    requireNonNull(storePath, "storePath is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(why, "why is null");
    findings = List.copyOf(findings);
    requireNonNull(sizes, "sizes is null");
    misses = List.copyOf(misses);
    if (why.isPresent() != (verdict == AuditVerdict.UNCHECKED)) {
      throw new IllegalArgumentException("an unchecked path says why, and no other");
    }
    if (verdict == AuditVerdict.REJECTED && !has(findings, AuditFinding.Weight.FAILED)) {
      throw new IllegalArgumentException("a rejection needs a finding");
    }
  }

  private static boolean has(List<AuditFinding> findings, AuditFinding.Weight weight) {
    return findings.stream().anyMatch(finding -> finding.weight() == weight);
  }

  /** Whether a check remarked something without failing. */
  public boolean isWarned() {
    return has(findings, AuditFinding.Weight.WARNED);
  }

  /** Whether it is unchecked because it was not to be read, and not because it could not be. */
  public boolean isUnread() {
    return why.filter(NOT_READ::equals).isPresent();
  }

  /** Whether there is more to say than that all that was looked at is good. */
  public boolean isRemarkable() {
    return !findings.isEmpty() || (verdict != AuditVerdict.VERIFIED && !isUnread());
  }
}
