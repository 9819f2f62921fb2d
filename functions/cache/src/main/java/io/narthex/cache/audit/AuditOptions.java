package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.settings.Settings;
import io.narthex.nix.signature.SignatureVerifier;

/**
 * How an audit is made.
 *
 * @param isQuick whether NARs are only looked for
 * @param isPartial whether the paths are not all of the cache, so that references to others are
 *     looked for in it
 * @param tellsAbsent whether a path without a narinfo is told of, as one that waits for it
 * @param jobs how many NARs are decoded at a time
 * @param maxMemory bytes that those may take together
 */
public record AuditOptions(
    Settings settings,
    boolean isQuick,
    boolean isPartial,
    boolean tellsAbsent,
    int jobs,
    long maxMemory,
    Patience patience,
    SignatureVerifier verifier) {
  public AuditOptions {
    requireNonNull(settings, "settings is null");
    requireNonNull(patience, "patience is null");
    requireNonNull(verifier, "verifier is null");
    if (jobs < 1 || maxMemory < 1) {
      throw new IllegalArgumentException(jobs + " jobs in " + maxMemory + " bytes");
    }
  }
}
