package io.narthex.local.queue;

/**
 * How many messages a queue holds; a message is in exactly one of the three counts.
 *
 * @param visible can be received now
 * @param inFlight received, not deleted, and not yet visible again
 * @param delayed sent with a delay that has not passed
 */
public record QueueDepth(int visible, int inFlight, int delayed) {

  /** Refuses negative counts. */
  public QueueDepth {
    if (visible < 0 || inFlight < 0 || delayed < 0) {
      throw new IllegalArgumentException(visible + ", " + inFlight + ", " + delayed);
    }
  }

  /** All messages of the queue. */
  public int total() {
    return visible + inFlight + delayed;
  }
}
