package io.narthex.cache.audit;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks an audit to stop, once, from any thread. */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks it to stop soon. */
  public void request() {
    requested.set(true);
  }

  /** Whether it was asked to. */
  public boolean isRequested() {
    return requested.get();
  }

  /**
   * Goes on, unless it was asked to stop.
   *
   * @throws RuntimeException that ends what a worker does
   */
  public void check() {
    if (isRequested()) {
      throw new AuditStoppedException();
    }
  }
}
