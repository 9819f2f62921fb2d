package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A message that was received and is now in flight.
 *
 * @param id of the message, the same each time it is received
 * @param receiptHandle of this receive: what deletes it
 * @param receives how often it was received, this time included
 * @param sent when it was first sent
 */
public record QueueMessage(
    String id, String receiptHandle, int receives, Instant sent, String body) {
  public QueueMessage {
    requireNonNull(id, "id is null");
    requireNonNull(receiptHandle, "receiptHandle is null");
    requireNonNull(sent, "sent is null");
    requireNonNull(body, "body is null");
  }
}
