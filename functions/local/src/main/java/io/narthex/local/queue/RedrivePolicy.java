package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

/**
 * Where a queue puts messages that nobody can process.
 *
 * <p>SQS counts every receive. Here those that were cut short by the death of the process have a
 * bound of their own: on a laptop consumer and queue die together, by a power switch or {@code kill
 * -9}, and five of those would bury messages that nobody has tried to the end.
 *
 * @param deadLetterQueue stays open for as long as the queue it serves
 * @param maxReceiveCount a message whose receives failed this often becomes a dead letter when it
 *     would next be visible; at least 1
 * @param maxInterruptions the same for receives that ended with the process, so that a message that
 *     kills the process does not do so for ever; at least 1
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html">Dead-letter
 *     queues</a>
 */
public record RedrivePolicy(
    DurableQueue deadLetterQueue, int maxReceiveCount, int maxInterruptions) {

  /** Refuses counts below 1. */
  public RedrivePolicy {
    requireNonNull(deadLetterQueue, "deadLetterQueue");
    if (maxReceiveCount < 1 || maxInterruptions < 1) {
      throw new IllegalArgumentException(
          "maxReceiveCount " + maxReceiveCount + ", maxInterruptions " + maxInterruptions);
    }
  }

  /** Five receives, as the template of the AWS stack says, and a hundred deaths. */
  public static RedrivePolicy to(DurableQueue deadLetterQueue) {
    return new RedrivePolicy(deadLetterQueue, 5, 100);
  }

  boolean isExhausted(Receives receives) {
    return receives.failures() >= maxReceiveCount || receives.interrupted() >= maxInterruptions;
  }
}
