package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.sqs.LookAt;
import io.narthex.aws.sqs.S3Notifications;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.validate.ValidateEvent.Sweep;
import io.narthex.validate.ValidateEvent.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * The function behind the queue of uploads: looks at every key that a message names, and does what
 * is due whenever a schedule says so.
 */
public final class ValidateHandler implements RequestStreamHandler {
  private final Admission admission;
  private final Upkeep upkeep;
  private final Retries retries;
  private final ValidateLog log;

  /** As Lambda makes it: from the environment. */
  public ValidateHandler() {
    this(ValidateWiring.of(ValidateConfig.from(System.getenv())), System.out::println);
  }

  private ValidateHandler(ValidateWiring wiring, Consumer<String> lines) {
    this(wiring, new RecordLog(lines));
  }

  /** With parts put together elsewhere, and who hears of it. */
  public ValidateHandler(ValidateWiring wiring, ValidateLog log) {
    this.admission = wiring.admission();
    this.upkeep = wiring.upkeep();
    this.retries = wiring.retries();
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String requestId = context.getAwsRequestId();
    switch (read(event)) {
      case Uploads(var batch) -> SqsBatch.writeFailures(answer, failures(batch, requestId));
      case Sweep _ -> log.swept(upkeep.run(), requestId);
    }
  }

  // Neither: any answer would tell SQS that the messages are done.
  private static ValidateEvent read(InputStream event) throws IOException {
    try {
      return ValidateEvent.parse(event);
    } catch (MalformedEventException e) {
      throw new IOException("neither a batch of SQS messages nor a task", e);
    }
  }

  private List<String> failures(SqsBatch batch, String requestId) {
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
