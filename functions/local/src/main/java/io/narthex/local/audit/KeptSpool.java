package io.narthex.local.audit;

import io.narthex.cache.audit.KeptFindings;
import io.narthex.cache.audit.Spool;
import java.nio.file.Path;

/** Opens a spool that stays. */
public final class KeptSpool {
  private KeptSpool() {}

  /**
   * The one in a file, which is made if it is not there.
   *
   * @param cache the URL of that whose audits it is of
   * @throws IllegalStateException if another process has it open, or if it is not of its audits
   */
  public static Spool in(Path file, String cache) {
    return FileSpool.kept(file, KeptFindings.header(cache), KeptFindings::other);
  }
}
