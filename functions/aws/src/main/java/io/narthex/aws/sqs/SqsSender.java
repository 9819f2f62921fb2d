package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends messages to a queue, ten a request; what the queue did not take is sent again. */
final class SqsSender {
  private static final int BATCH = 10;
  private static final int ATTEMPTS = 3;

  private final SqsClient sqs;
  private final String queueUrl;

  SqsSender(SqsClient sqs, String queueUrl) {
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.queueUrl = requireNonNull(queueUrl, "queueUrl is null");
  }

  /**
   * Sends each of these bodies once.
   *
   * @throws StoreException if the queue did not take them all
   */
  void send(Collection<String> bodies) {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(bodies));
    for (int from = 0; from < distinct.size(); from += BATCH) {
      sendBatch(distinct.subList(from, Math.min(from + BATCH, distinct.size())));
    }
  }

  private void sendBatch(List<String> bodies) {
    List<SendMessageBatchRequestEntry> left =
        IntStream.range(0, bodies.size()).mapToObj(i -> entry(i, bodies.get(i))).toList();
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      left = refused(left);
    }
    if (!left.isEmpty()) {
      throw new StoreException(
          "SendMessageBatch: the queue did not take %d messages".formatted(left.size()));
    }
  }

  private static SendMessageBatchRequestEntry entry(int index, String body) {
    return SendMessageBatchRequestEntry.builder().id("m" + index).messageBody(body).build();
  }

  /** Sends, and says which of the messages the queue did not take. */
  private List<SendMessageBatchRequestEntry> refused(List<SendMessageBatchRequestEntry> entries) {
    try {
      Set<String> failed =
          sqs.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries)).failed().stream()
              .map(BatchResultErrorEntry::id)
              .collect(Collectors.toSet());
      return entries.stream().filter(e -> failed.contains(e.id())).toList();
    } catch (SdkException e) {
      throw new StoreException("SendMessageBatch", e);
    }
  }
}
