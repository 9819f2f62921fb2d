package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message as the queue keeps it.
 *
 * @param number names it in one log; the order of sending
 * @param delayedUntil not to be received before, if it never was
 * @param receives by this queue
 */
record Message(
    long number, MessageId id, Instant sent, Instant delayedUntil, Receives receives, String body) {

  /** What SQS takes: 1 MiB of UTF-8. */
  static final int MAX_BODY_BYTES = 1 << 20;

  Message {
    requireNonNull(id, "id");
    requireNonNull(sent, "sent");
    requireNonNull(delayedUntil, "delayedUntil");
    requireNonNull(receives, "receives");
    requireNonNull(body, "body");
    if (number < 0) {
      throw new IllegalArgumentException("number " + number);
    }
  }

  static Message fresh(long number, Instant sent, Instant delayedUntil, String body) {
    return new Message(
        number, MessageId.random(), sent, delayedUntil, Receives.NONE, checked(body));
  }

  private static String checked(String body) {
    if (body.isEmpty()) {
      throw new IllegalArgumentException("A message needs a body");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(body)) {
      throw new IllegalArgumentException("Body is no Unicode text: it has half a surrogate pair");
    }
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "Body of " + bytes + " bytes, at most " + MAX_BODY_BYTES + " are taken");
    }
    return body;
  }

  /** The same message as another queue takes it over: never received there. */
  Message movedTo(long newNumber) {
    return new Message(newNumber, id, sent, Instant.EPOCH, Receives.NONE, body);
  }

  Message received(Instant at) {
    return with(receives.next(at));
  }

  /** As after a receive that failed. */
  Message returned() {
    return with(receives.failed());
  }

  /** As a process finds it that takes over from a dead one. */
  Message leftBehind() {
    return with(receives.processDied());
  }

  private Message with(Receives changed) {
    return new Message(number, id, sent, delayedUntil, changed, body);
  }

  /** Whether it may not be received yet, for it was sent with a delay. */
  boolean isDelayed(Instant now) {
    return receives.total() == 0 && delayedUntil.isAfter(now);
  }

  ReceivedMessage toReceived() {
    return new ReceivedMessage(
        new ReceiptHandle(id, number, receives.total()),
        sent,
        receives.first().orElseThrow(),
        body);
  }
}
