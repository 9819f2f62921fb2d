package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A message in the hands of a consumer.
 *
 * @param receiptHandle what deletes it, or changes its visibility
 * @param sent when it was first sent; unchanged by dead-lettering and redrive
 * @param firstReceived when this queue first handed it out
 * @param body as it was sent
 */
public record ReceivedMessage(
    ReceiptHandle receiptHandle, Instant sent, Instant firstReceived, String body) {

  /** Refuses null. */
  public ReceivedMessage {
    requireNonNull(receiptHandle, "receiptHandle");
    requireNonNull(sent, "sent");
    requireNonNull(firstReceived, "firstReceived");
    requireNonNull(body, "body");
  }

  /** The message's name, the same at each receive. */
  public MessageId messageId() {
    return receiptHandle.messageId();
  }

  /** How often this queue has handed it out, this time included: from 1. */
  public int receiveCount() {
    return receiptHandle.receive();
  }
}
