package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How often a message was handed out by one queue, and how that ended.
 *
 * @param total all receives, the open one included
 * @param interrupted those that ended with the process, so that nobody knows what came of them
 * @param open whether the last one has not ended
 * @param first when the first one was; present exactly if there was one
 */
record Receives(int total, int interrupted, boolean open, Optional<Instant> first) {
  /** Of a message that was never handed out. */
  static final Receives NONE = new Receives(0, 0, false, Optional.empty());

  Receives {
    requireNonNull(first, "first");
    int ended = open ? total - 1 : total;
    if (interrupted < 0 || interrupted > ended) {
      throw new IllegalArgumentException(interrupted + " of " + ended + " receives interrupted");
    }
    if (first.isPresent() != total > 0) {
      throw new IllegalArgumentException(total + " receives, the first " + first);
    }
  }

  /**
   * One more. If the one before is still open its process has died: what lives ends its receives.
   */
  Receives next(Instant at) {
    return new Receives(total + 1, interruptedIfOpen(), true, Optional.of(first.orElse(at)));
  }

  /** The last one has failed: it was reported, or its time ran out. */
  Receives failed() {
    return new Receives(total, interrupted, false, first);
  }

  /** The process has died; the last one, if it was open, is forgiven. */
  Receives processDied() {
    return new Receives(total, interruptedIfOpen(), false, first);
  }

  private int interruptedIfOpen() {
    return open ? interrupted + 1 : interrupted;
  }

  /** Those that ended without a deletion while the process lived. */
  int failures() {
    return total - interrupted - (open ? 1 : 0);
  }
}
