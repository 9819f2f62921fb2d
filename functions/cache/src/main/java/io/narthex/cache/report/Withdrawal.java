package io.narthex.cache.report;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version that was taken out of the cache bucket, and why.
 *
 * @param text of a withdrawn narinfo, as far as it is text and not too long
 */
public record Withdrawal(
    ObjectKey key, VersionId version, Instant at, List<Finding> findings, Optional<String> text) {
  public Withdrawal {
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
    requireNonNull(at, "at is null");
    findings = List.copyOf(findings);
    requireNonNull(text, "text is null");
  }
}
