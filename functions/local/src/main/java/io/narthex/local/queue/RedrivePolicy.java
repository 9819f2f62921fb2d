package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

/**
 * Where a queue puts messages that nobody can process.
 *
 * @param deadLetterQueue stays open for as long as the queue it serves
 * @param maxReceiveCount a message received this often without being deleted becomes a dead letter
 *     when it would next be visible; at least 1
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html">Dead-letter
 *     queues</a>
 */
public record RedrivePolicy(DurableQueue deadLetterQueue, int maxReceiveCount) {

  /** Refuses a count below 1. */
  public RedrivePolicy {
    requireNonNull(deadLetterQueue, "deadLetterQueue");
    if (maxReceiveCount < 1) {
      throw new IllegalArgumentException("maxReceiveCount " + maxReceiveCount);
    }
  }

  /** Five receives, as the template of the AWS stack says. */
  public static RedrivePolicy to(DurableQueue deadLetterQueue) {
    return new RedrivePolicy(deadLetterQueue, 5);
  }
}
