package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.sqs.LookAt;
import io.narthex.aws.sqs.S3Notifications;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import java.util.List;

/** Looks at every key that the messages of a batch name. */
final class MessageLooks {
  private final Admission admission;
  private final Retries retries;
  private final ReadMeter meter;
  private final PathNews news;
  private final IndexNews index;
  private final ValidateLog log;

  MessageLooks(ValidateWiring wiring, ValidateLog log) {
    this.admission = wiring.admission();
    this.retries = wiring.retries();
    this.meter = wiring.meter();
    this.news = wiring.news();
    this.index = wiring.index();
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
        look(lookAt.key(), message.receives() > 1, requestId);
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

  private void look(ObjectKey key, boolean isRepeat, String requestId) {
    meter.take();
    long start = System.nanoTime();
    var outcomes = admission.look(key);
    var effort = new Effort((System.nanoTime() - start) / 1_000_000, meter.take());
    for (Outcome outcome : outcomes) {
      log.looked(key, outcome, effort, requestId);
      effort = effort.withoutBytes();
    }
    news.tell(outcomes, isRepeat);
    index.tell(key, outcomes, isRepeat);
  }
}
