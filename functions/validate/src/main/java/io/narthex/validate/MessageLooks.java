package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.sqs.LookAt;
import io.narthex.aws.sqs.S3Notifications;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import java.util.List;

/** Looks at every key that the messages of a batch name. */
final class MessageLooks {
  private final Admission admission;
  private final Retries retries;
  private final ValidateLog log;

  MessageLooks(Admission admission, Retries retries, ValidateLog log) {
    this.admission = requireNonNull(admission, "admission is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.log = requireNonNull(log, "log is null");
  }

  /** Does it, and says which messages must come again, by their ids. */
  List<String> failures(SqsBatch batch, String requestId) {
    return batch.messages().stream()
        .filter(message -> !isDone(message, requestId))
        .map(SqsMessage::messageId)
        .toList();
  }

  // Whatever goes wrong with one message is this message's failure: it comes again by itself, and
  // ends in the dead-letter queue. The others are done.
  private boolean isDone(SqsMessage message, String requestId) {
    try {
      for (LookAt lookAt : S3Notifications.parse(message.body())) {
        look(lookAt.key(), requestId);
      }
      return true;
    } catch (MalformedEventException | RuntimeException e) {
      log.failed(message.messageId(), e, requestId);
      retry(message, requestId);
      return false;
    }
  }

  // It comes again in any case; without this only when the time for the longest NAR is over.
  private void retry(SqsMessage message, String requestId) {
    try {
      retries.soon(message);
    } catch (StoreException e) {
      log.failed(message.messageId(), e, requestId);
    }
  }

  private void look(ObjectKey key, String requestId) {
    long start = System.nanoTime();
    var outcomes = admission.look(key);
    long elapsedMs = (System.nanoTime() - start) / 1_000_000;
    outcomes.forEach(outcome -> log.looked(key, outcome, elapsedMs, requestId));
  }
}
