package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A message in the queue.
 *
 * @param number orders messages that become visible at the same time
 * @param receipt of the receive that has it in flight
 */
record LiveMessage(
    long number,
    Instant sent,
    Instant visibleAt,
    int receives,
    Optional<String> receipt,
    String body)
    implements Comparable<LiveMessage> {
  LiveMessage {
    requireNonNull(sent, "sent is null");
    requireNonNull(visibleAt, "visibleAt is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(body, "body is null");
  }

  String id() {
    return "m%012d".formatted(number);
  }

  boolean isVisible(Instant now) {
    return !visibleAt.isAfter(now);
  }

  LiveMessage received(Instant until) {
    String handle = id() + "-" + (receives + 1);
    return new LiveMessage(number, sent, until, receives + 1, Optional.of(handle), body);
  }

  LiveMessage visibleFrom(Instant when) {
    return new LiveMessage(number, sent, when, receives, receipt, body);
  }

  @Override
  public int compareTo(LiveMessage other) {
    int byTime = visibleAt.compareTo(other.visibleAt);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }
}
