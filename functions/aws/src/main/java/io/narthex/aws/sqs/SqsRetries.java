package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Has a message that failed come again before its visibility timeout ends, which is made for the
 * longest NAR. Each time later than the last: five receives last for half an hour.
 */
public final class SqsRetries {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int FACTOR = 4;

  private final SqsClient sqs;
  private final String queueUrl;

  /** The client stays the caller's to close. */
  public SqsRetries(SqsClient sqs, String queueUrl) {
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.queueUrl = requireNonNull(queueUrl, "queueUrl is null");
  }

  /**
   * Makes it visible again soon; nothing for a message without a receipt handle.
   *
   * @throws StoreException if the queue refused: the message comes again by itself, later
   */
  public void soon(SqsMessage message) {
    if (message.receiptHandle().isEmpty()) {
      return;
    }
    int seconds = Math.toIntExact(delay(message.receives()).toSeconds());
    try {
      sqs.changeMessageVisibility(
          change ->
              change
                  .queueUrl(queueUrl)
                  .receiptHandle(message.receiptHandle().get())
                  .visibilityTimeout(seconds));
    } catch (SdkException e) {
      throw new StoreException("ChangeMessageVisibility", e);
    }
  }

  /** 30 s, 2 min, 8 min, and then 15 min. */
  static Duration delay(int receives) {
    Duration delay = FIRST;
    for (int i = 1; i < receives && delay.compareTo(LONGEST) < 0; i++) {
      delay = delay.multipliedBy(FACTOR);
    }
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }
}
