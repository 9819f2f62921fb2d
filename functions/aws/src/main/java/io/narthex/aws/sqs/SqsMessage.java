package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

/**
 * One message of a queue.
 *
 * @param messageId by which its failure is reported; not empty
 * @param body what the sender wrote
 */
public record SqsMessage(String messageId, String body) {
  public SqsMessage {
    requireNonNull(messageId, "messageId is null");
    requireNonNull(body, "body is null");
    if (messageId.isEmpty()) {
      throw new IllegalArgumentException("messageId is empty");
    }
  }
}
