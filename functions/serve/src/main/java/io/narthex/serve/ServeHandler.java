package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.http.HttpReply;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Answer.BadRequest;
import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Forbidden;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.MethodNotAllowed;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Answer.NotReady;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.cache.read.Answer.Unauthenticated;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.ReadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.crac.Core;

/** The function behind the HTTP API. */
public final class ServeHandler implements RequestStreamHandler {
  private final Function<PolicyAlarm, ServeParts> wiring;
  private final ServeLog log;
  private final Snapshot snapshot;
  private volatile ServeParts parts;

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
    this(alarm -> ServeWiring.parts(config, alarm), log);
  }

  /** With parts put together elsewhere; anew after each restore of a snapshot. */
  public ServeHandler(Function<PolicyAlarm, ServeParts> wiring, ServeLog log) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.log = requireNonNull(log, "log is null");
    this.snapshot = new Snapshot(wiring, this::rewire, log);
    this.parts = wire();
  }

  /** What must be done around a snapshot of the process. Who takes them holds it weakly. */
  Snapshot snapshot() {
    return snapshot;
  }

  private ServeParts wire() {
    return wiring.apply(log::policyNotUnderstood);
  }

  // Credentials, connections, bucket policy, settings, tokens: what there is of them is of another
  // time.
  private void rewire() {
    parts = wire();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream reply, Context context)
      throws IOException {
    answer(parts, log, event, context.getAwsRequestId()).write(reply);
  }

  /** Answers an event by these parts. */
  static HttpReply answer(ServeParts parts, ServeLog log, InputStream event, String requestId) {
    try {
      HttpCall call = HttpCallReader.read(event);
      Optional<HttpReply> token = parts.tokens().answer(call, log, requestId);
      if (token.isPresent()) {
        return token.get();
      }
      return switch (parts.authenticator().authenticate(call.header("authorization"))) {
        case Refused refused -> logged(new Unauthenticated(refused), log, requestId);
        case Authenticated who -> answer(parts, log, call, caller(who, call), requestId);
      };
    } catch (MalformedEventException e) {
      return Replies.of(new BadRequest("not a request that this address understands"));
    }
  }

  private static HttpReply answer(
      ServeParts parts, ServeLog log, HttpCall call, Caller caller, String requestId) {
    return parts
        .queries()
        .posted(call, caller)
        .orElseGet(() -> logged(read(parts, call, caller), log, requestId));
  }

  private static Answer read(ServeParts parts, HttpCall call, Caller caller) {
    return parts
        .queries()
        .asked(call, caller)
        .orElseGet(
            () -> parts.reads().answer(new ReadRequest(call.method(), call.rawPath(), caller)));
  }

  private static Caller caller(Authenticated who, HttpCall call) {
    return new Caller(
        who,
        Optional.of(call.sourceIp()).filter(ip -> !ip.isEmpty()),
        // The gateway takes TLS only and says so; a host without TLS must say that.
        call.header("x-forwarded-proto").filter("http"::equals).isEmpty(),
        call.header("user-agent"),
        call.header("referer"));
  }

  private static HttpReply logged(Answer answer, ServeLog log, String requestId) {
    HttpReply reply = Replies.of(answer);
    switch (answer) {
      case Unauthenticated(var refused) -> log.unauthenticated(refused, requestId);
      case Hidden(_, var denial) -> log.denied(denial, reply.status(), requestId);
      case Forbidden(_, var denial) -> log.denied(denial, reply.status(), requestId);
      case Inline _,
          Described _,
          Redirect _,
          NotFound _,
          NotReady _,
          BadRequest _,
          MethodNotAllowed _ -> {}
    }
    return reply;
  }
}
