package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as the queue keeps it.
 *
 * @param number names it in one log; the order of sending
 * @param delayedUntil not to be received before, if it never was
 * @param receives how often it was handed out
 * @param firstReceived present exactly if it was handed out
 */
record Message(
    long number,
    MessageId id,
    Instant sent,
    Instant delayedUntil,
    int receives,
    Optional<Instant> firstReceived,
    String body) {

  /** What SQS takes: 1 MiB of UTF-8. */
  static final int MAX_BODY_BYTES = 1 << 20;

  Message {
    requireNonNull(id, "id");
    requireNonNull(sent, "sent");
    requireNonNull(delayedUntil, "delayedUntil");
    requireNonNull(body, "body");
    if (number < 0 || receives < 0) {
      throw new IllegalArgumentException("number " + number + ", receives " + receives);
    }
    if (firstReceived.isPresent() != receives > 0) {
      throw new IllegalArgumentException(receives + " receives, first " + firstReceived);
    }
  }

  static Message fresh(long number, Instant sent, Instant delayedUntil, String body) {
    return new Message(
        number, MessageId.random(), sent, delayedUntil, 0, Optional.empty(), checked(body));
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
    return new Message(newNumber, id, sent, Instant.EPOCH, 0, Optional.empty(), body);
  }

  Message received(Instant at) {
    return new Message(
        number, id, sent, delayedUntil, receives + 1, Optional.of(firstReceived.orElse(at)), body);
  }

  ReceivedMessage toReceived() {
    return new ReceivedMessage(
        new ReceiptHandle(id, number, receives), sent, firstReceived.orElseThrow(), body);
  }
}
