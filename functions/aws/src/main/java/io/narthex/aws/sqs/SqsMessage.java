package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One message of a queue.
 *
 * @param messageId by which its failure is reported; not empty
 * @param receiptHandle by which it is known while it is being received; empty for a sender that has
 *     none
 * @param receives how often it has been received, this time too: at least 1
 * @param body what the sender wrote
 */
public record SqsMessage(
    String messageId, Optional<String> receiptHandle, int receives, String body) {
  public SqsMessage {
    requireNonNull(messageId, "messageId is null");
    requireNonNull(receiptHandle, "receiptHandle is null");
    requireNonNull(body, "body is null");
    if (messageId.isEmpty()) {
      throw new IllegalArgumentException("messageId is empty");
    }
    if (receives < 1) {
      throw new IllegalArgumentException("receives must be at least 1");
    }
  }
}
