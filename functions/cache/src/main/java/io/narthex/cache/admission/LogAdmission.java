package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.ObjectVerdicts.Judge;
import io.narthex.cache.admission.ObjectVerdicts.Renewal;
import io.narthex.cache.admission.ObjectVerdicts.Ruling;
import io.narthex.cache.layout.CachePath.LogPath;
import io.narthex.cache.verdict.CheckName;

/**
 * A build log proves nothing and nothing vouches for it: it has the name of a derivation and is not
 * too large, and it is served as plain text that no browser sniffs.
 */
final class LogAdmission {
  private static final int MAX_SIZE = 64 << 20;

  private final ObjectVerdicts verdicts;

  LogAdmission(ObjectVerdicts verdicts) {
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
  }

  Outcome look(LogPath path) {
    return verdicts.look(
        path.key(),
        new Judge(CheckName.LOG, MAX_SIZE, new Renewal.Never(), bytes -> new Ruling.Right()));
  }
}
