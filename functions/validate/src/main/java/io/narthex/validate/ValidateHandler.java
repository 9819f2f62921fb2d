package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.cache.admission.Upkeep;
import io.narthex.nix.codec.Decoders;
import io.narthex.validate.ValidateEvent.Sweep;
import io.narthex.validate.ValidateEvent.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * The function behind the queue of uploads: looks at every key that a message names, and does what
 * is due whenever a schedule says so.
 */
public final class ValidateHandler implements RequestStreamHandler {
  private final MessageLooks looks;
  private final Upkeep upkeep;
  private final ReadTime time;
  private final ValidateLog log;

  /** As Lambda makes it: from the environment. */
  public ValidateHandler() {
    this(ValidateConfig.from(System.getenv()));
  }

  private ValidateHandler(ValidateConfig config) {
    this(
        ValidateWiring.of(config),
        started(new JsonLog(System.out::println, config.metrics(), Clock.systemUTC())));
  }

  private static RecordLog started(JsonLog lines) {
    RecordLog log = new RecordLog(lines);
    log.started(Decoders.xzLibrary());
    return log;
  }

  /** With parts put together elsewhere, and who hears of it. */
  public ValidateHandler(ValidateWiring wiring, ValidateLog log) {
    this.looks = new MessageLooks(wiring, log);
    this.upkeep = wiring.upkeep();
    this.time = wiring.time();
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String requestId = context.getAwsRequestId();
    time.begin(context.getRemainingTimeInMillis());
    switch (read(event)) {
      case Uploads(var batch) -> SqsBatch.writeFailures(answer, looks.failures(batch, requestId));
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
}
