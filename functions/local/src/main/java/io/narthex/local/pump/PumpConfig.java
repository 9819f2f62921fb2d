package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a queue is connected to a function.
 *
 * @param function the function's name
 * @param batchSize how many messages one call gets at most
 * @param workers how many calls run at once
 * @param visibility how long a message may be worked on before it comes again
 * @param retryAfter when a failed message comes again
 */
public record PumpConfig(
    String function, int batchSize, int workers, Duration visibility, Duration retryAfter) {
  public PumpConfig {
    requireNonNull(function, "function is null");
    requireNonNull(visibility, "visibility is null");
    requireNonNull(retryAfter, "retryAfter is null");
    if (batchSize < 1 || workers < 1) {
      throw new IllegalArgumentException("batchSize and workers are at least 1");
    }
  }
}
