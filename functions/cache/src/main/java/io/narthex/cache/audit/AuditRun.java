package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.settings.Settings;
import java.time.Instant;

/**
 * One audit, as a whole.
 *
 * @param cache its URL, without credentials
 * @param isQuick whether NARs were not read
 * @param selection which paths, for people: {@code all}, or the option that chose them
 * @param isComplete whether it went through all of them; false if it was stopped
 * @param decoder what decoded xz, e.g. {@code liblzma 5.8.4}
 * @param settings under which the checks were run
 */
public record AuditRun(
    String cache,
    boolean isQuick,
    String selection,
    Instant startedAt,
    Instant endedAt,
    boolean isComplete,
    String decoder,
    Settings settings) {
  public AuditRun {
    requireNonNull(cache, "cache is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(endedAt, "endedAt is null");
    requireNonNull(decoder, "decoder is null");
    requireNonNull(settings, "settings is null");
  }
}
