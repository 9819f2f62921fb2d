package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Versions of a NAR that must go while the narinfo stays: after that the path is looked at again.
 *
 * @param versions newest first
 */
record BadNar(NarPath nar, List<VersionId> versions, List<Finding> findings)
    implements PathJudge.Found, Ruling.Decision {
  BadNar {
    requireNonNull(nar, "nar is null");
    versions = List.copyOf(versions);
    findings = List.copyOf(findings);
    if (versions.isEmpty() || findings.isEmpty()) {
      throw new IllegalArgumentException("nothing to withdraw, or no reason to");
    }
  }

  List<Withdrawal> withdrawals(Instant at) {
    return versions.stream()
        .map(version -> new Withdrawal(nar.key(), version, at, findings, Optional.empty()))
        .toList();
  }
}
