package io.narthex.local.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses by itself, such as a garbled request line, in the words of API Gateway. */
final class ErrorAnswers extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Replies.send(Reply.of(Refusal.of(response.getStatus())), request, response, callback);
    return true;
  }
}
