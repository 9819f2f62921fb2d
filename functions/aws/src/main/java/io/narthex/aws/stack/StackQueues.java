package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queue of uploads and its dead letters. How many messages there are SQS only estimates: a
 * figure may lag by a minute.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html">
 *     Dead-letter queue redrive</a>
 */
public final class StackQueues {
  private final SqsClient sqs;
  private final StackOutputs stack;

  StackQueues(SqsClient sqs, StackOutputs stack) {
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.stack = requireNonNull(stack, "stack is null");
  }

  /** About how many events are not done with: queued, in work, or waiting for their next try. */
  public long inFlight() {
    return depth(stack.uploadQueueUrl());
  }

  /** About how many events were given up. */
  public long deadLetters() {
    return depth(stack.deadLetterQueueUrl());
  }

  /**
   * Has SQS send all dead letters back to the queue they came from. It does so by itself, some
   * hundred a second, after this returns.
   *
   * @return about how many there were
   * @throws StackException if it does so already
   */
  public long redrive() {
    long before = deadLetters();
    var _ =
        answer(
            "StartMessageMoveTask",
            () -> sqs.startMessageMoveTask(move -> move.sourceArn(stack.deadLetterQueueArn())));
    return before;
  }

  /** About how many messages a queue has, those in work included. */
  long depth(String queue) {
    return answer(
            "GetQueueAttributes",
            () ->
                sqs.getQueueAttributes(
                    get ->
                        get.queueUrl(queue)
                            .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)))
        .attributes()
        .values()
        .stream()
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static <T> T answer(String operation, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new StackException(operation, e);
    }
  }
}
