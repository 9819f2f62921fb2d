package io.narthex.local.queue;

/**
 * How many messages a queue holds.
 *
 * @param visible to be received now
 * @param inFlight received, and neither deleted nor visible again
 * @param delayed not visible yet, and not received either
 */
public record QueueDepth(int visible, int inFlight, int delayed) {
  /** All of them. */
  public int total() {
    return visible + inFlight + delayed;
  }
}
