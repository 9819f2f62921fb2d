package io.narthex.local.http;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.local.lambda.FunctionIdentity;
import io.narthex.local.lambda.InvocationContext;
import io.narthex.local.lambda.StandardOutput;
import io.narthex.policy.AccountId;
import java.io.IOException;
import java.time.Clock;

/** A handler and what stands around it: the event before, the answer after, the bound on calls. */
final class Function {
  private static final String REGION = "us-east-1";
  private static final int MEMORY_MB = 1024;
  private static final LambdaLogger LOGGER = new StandardOutput();

  private final RequestStreamHandler handler;
  private final FunctionIdentity identity;
  private final Clock clock;

  Function(RequestStreamHandler handler, HttpFrontConfig config) {
    this.handler = handler;
    this.identity =
        new FunctionIdentity(
            config.functionName(),
            REGION,
            new AccountId(EventWriter.ACCOUNT),
            config.timeout(),
            MEMORY_MB);
    this.clock = config.clock();
  }

  /** Calls the handler; what it throws comes through. */
  Reply call(HttpRequest request, RequestBody body) throws IOException, MalformedReplyException {
    var event = new MessageBytes();
    EventWriter.write(request, body, event);
    var answer = new ReplyBytes();
    handler.handleRequest(
        event.open(), answer, new InvocationContext(identity, request.id(), LOGGER, clock));
    return ReplyReader.read(answer);
  }
}
