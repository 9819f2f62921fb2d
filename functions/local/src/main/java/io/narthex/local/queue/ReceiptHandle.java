package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

/**
 * Names one receive of one message. Only the handle of the latest receive has an effect.
 *
 * @param messageId the message that was received
 * @param number of the message in its queue; a redrive gives it another
 * @param receive which receive of it since then, from 1
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html">Receipt
 *     handle</a>
 */
public record ReceiptHandle(MessageId messageId, long number, int receive) {

  /** Refuses a receive below 1. */
  public ReceiptHandle {
    requireNonNull(messageId, "messageId");
    if (receive < 1) {
      throw new IllegalArgumentException("receive " + receive);
    }
  }

  /** The wire form, e.g. {@code 059f36b4-87a3-44ab-83d2-661975830a7d#17#2}; opaque to readers. */
  @Override
  public String toString() {
    return messageId + "#" + number + "#" + receive;
  }
}
