package io.narthex.local.http;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.time.Duration;

/** A handler and what stands around it: the event before, the answer after, the bound on calls. */
final class Function {
  private final RequestStreamHandler handler;
  private final String name;
  private final Duration timeout;

  Function(RequestStreamHandler handler, HttpFrontConfig config) {
    this.handler = handler;
    this.name = config.functionName();
    this.timeout = config.timeout();
  }

  /** Calls the handler; what it throws comes through. */
  Reply call(HttpRequest request, RequestBody body) throws IOException, MalformedReplyException {
    var event = new MessageBytes();
    EventWriter.write(request, body, event);
    var answer = new ReplyBytes();
    handler.handleRequest(event.open(), answer, new LocalContext(name, request.id(), timeout));
    return ReplyReader.read(answer);
  }
}
