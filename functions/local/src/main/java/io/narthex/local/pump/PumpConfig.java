package io.narthex.local.pump;

import io.narthex.local.queue.DurableQueue;
import java.time.Duration;

/**
 * How an event pump takes messages.
 *
 * @param batchSize the most messages of one event, 1 to 10; AWS allows more only with a batch
 *     window
 * @param workers events handled at the same time, at least 1
 * @param visibility how long a message is hidden while it is handled; at least the function's
 *     timeout
 * @param backoff how long a failed message stays hidden; may be zero
 * @param drain how long {@code close()} waits for the handlers
 */
public record PumpConfig(
    int batchSize, int workers, Duration visibility, Duration backoff, Duration drain) {

  /** Refuses what is out of these ranges. */
  public PumpConfig {
    if (batchSize < 1 || batchSize > 10 || workers < 1) {
      throw new IllegalArgumentException("batchSize " + batchSize + ", workers " + workers);
    }
    if (!visibility.isPositive() || visibility.compareTo(DurableQueue.MAX_VISIBILITY) > 0) {
      throw new IllegalArgumentException("visibility " + visibility);
    }
    if (backoff.isNegative() || backoff.compareTo(DurableQueue.MAX_VISIBILITY) > 0) {
      throw new IllegalArgumentException("backoff " + backoff);
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain " + drain);
    }
  }
}
