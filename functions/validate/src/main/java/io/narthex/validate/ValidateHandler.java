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
import java.util.function.Supplier;
import org.crac.Core;

/**
 * The function behind the queue of uploads: looks at every key that a message names, and does what
 * is due whenever a schedule says so.
 */
public final class ValidateHandler implements RequestStreamHandler {
  private final Supplier<ValidateWiring> wiring;
  private final ValidateLog log;
  private final Snapshot snapshot;
  private volatile Parts parts;

  /** As Lambda makes it: from the environment, and ready for SnapStart. */
  public ValidateHandler() {
    this(ValidateConfig.from(System.getenv()));
    Core.getGlobalContext().register(snapshot);
  }

  private ValidateHandler(ValidateConfig config) {
    this(
        () -> ValidateWiring.of(config),
        started(new JsonLog(System.out::println, config.metrics(), Clock.systemUTC())));
  }

  private static RecordLog started(JsonLog lines) {
    RecordLog log = new RecordLog(lines);
    log.started(Decoders.xzLibrary());
    return log;
  }

  /** With parts put together elsewhere, and who hears of it. */
  public ValidateHandler(ValidateWiring wiring, ValidateLog log) {
    this(() -> wiring, log);
  }

  /** With parts put together elsewhere; anew after each restore of a snapshot. */
  ValidateHandler(Supplier<ValidateWiring> wiring, ValidateLog log) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.log = requireNonNull(log, "log is null");
    this.snapshot = new Snapshot(new Samples(), this::rewire, log);
    this.parts = Parts.of(wiring.get(), log);
  }

  private record Parts(MessageLooks looks, Upkeep upkeep, ReadTime time) {
    static Parts of(ValidateWiring wiring, ValidateLog log) {
      return new Parts(new MessageLooks(wiring, log), wiring.upkeep(), wiring.time());
    }
  }

  /** What must be done around a snapshot of the process. Who takes them holds it weakly. */
  Snapshot snapshot() {
    return snapshot;
  }

  // Credentials, connections, settings, the signing key: what there is of them is of another time.
  private void rewire() {
    parts = Parts.of(wiring.get(), log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String requestId = context.getAwsRequestId();
    Parts now = parts;
    now.time().begin(context.getRemainingTimeInMillis());
    switch (read(event)) {
      case Uploads(var batch) ->
          SqsBatch.writeFailures(answer, now.looks().failures(batch, requestId));
      case Sweep _ -> log.swept(now.upkeep().run(), requestId);
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
