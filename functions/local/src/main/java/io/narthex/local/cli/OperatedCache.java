package io.narthex.local.cli;

import java.time.Duration;

/** A cache that the caller may operate, wherever it runs. */
interface OperatedCache extends PathView {
  /** Where it stands, of at most so many reports if it has to read them. */
  CacheStatus status(int reports);

  /** How many events are not done with. */
  long inFlight();

  /**
   * Takes something back for good.
   *
   * @return false if that was done before
   */
  boolean revoke(Revocable what, String reason);

  /**
   * Takes a revocation back.
   *
   * @return false if there was none
   */
  boolean restore(Revocable what);

  /** Who is let in at its door. */
  CallerDesk callers();

  /** Gives every dead letter another five tries. */
  Redriven redrive();

  /** How long it takes at most until a changed key has everything looked at again. */
  Duration relookWithin();
}
