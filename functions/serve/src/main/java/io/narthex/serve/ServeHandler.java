package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.http.HttpReply;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.read.Reads;
import io.narthex.policy.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.crac.Core;

/** The function behind the HTTP API. */
public final class ServeHandler implements RequestStreamHandler {
  private final Function<PolicyAlarm, Reads> wiring;
  private final ServeLog log;
  private final Snapshot snapshot;
  private volatile Reads reads;

  /** As Lambda makes it: from the environment, and ready for SnapStart. */
  public ServeHandler() {
    this(ServeConfig.from(System.getenv()));
    Core.getGlobalContext().register(snapshot);
  }

  private ServeHandler(ServeConfig config) {
    this(
        config,
        new RequestLog(new JsonLog(System.out::println, config.metrics(), Clock.systemUTC())));
  }

  /** As a host makes it that has no environment to give. */
  public ServeHandler(ServeConfig config, ServeLog log) {
    this(alarm -> ServeWiring.reads(config, alarm), log);
  }

  /** With reads put together elsewhere; anew after each restore of a snapshot. */
  public ServeHandler(Function<PolicyAlarm, Reads> wiring, ServeLog log) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.log = requireNonNull(log, "log is null");
    this.snapshot = new Snapshot(wiring, this::rewire, log);
    this.reads = wire();
  }

  /** What must be done around a snapshot of the process. Who takes them holds it weakly. */
  Snapshot snapshot() {
    return snapshot;
  }

  private Reads wire() {
    return wiring.apply(log::policyNotUnderstood);
  }

  // Credentials, connections, bucket policy, settings: what there is of them is of another time.
  private void rewire() {
    reads = wire();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream reply, Context context)
      throws IOException {
    answer(reads, log, event, context.getAwsRequestId()).write(reply);
  }

  /** Answers an event by these reads. */
  static HttpReply answer(Reads reads, ServeLog log, InputStream event, String requestId) {
    return Replies.of(read(reads, log, event, requestId));
  }

  private static Answer read(Reads reads, ServeLog log, InputStream event, String requestId) {
    try {
      HttpCall call = HttpCallReader.read(event);
      Answer answer = reads.answer(new ReadRequest(call.method(), call.rawPath(), caller(call)));
      if (answer.isRefusal()) {
        log.denied(call.method(), call.rawPath(), answer, requestId);
      }
      return answer;
    } catch (MalformedEventException e) {
      return new Answer.BadRequest("not a request that this address understands");
    }
  }

  // Whoever sends credentials is still nobody in particular here: they are not looked at.
  private static Caller caller(HttpCall call) {
    return new Caller(
        new Principal.Anonymous(),
        Optional.of(call.sourceIp()).filter(ip -> !ip.isEmpty()),
        // The gateway takes TLS only and says so; a host without TLS must say that.
        call.header("x-forwarded-proto").filter("http"::equals).isEmpty(),
        call.header("user-agent"),
        call.header("referer"));
  }
}
