package io.narthex.local.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses by itself, such as a garbled request line, in the words of API Gateway. */
final class ErrorAnswers extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Replies.send(reply(response.getStatus()), request, response, callback);
    return true;
  }

  private static Reply reply(int status) {
    if (status == HttpStatus.URI_TOO_LONG_414) {
      // An HTTP API measures the request line and the headers together.
      return Reply.of(Refusal.HEADERS_TOO_LARGE);
    }
    return Refusal.of(status).map(Reply::of).orElseGet(() -> other(status));
  }

  private static Reply other(int status) {
    if (!ReplyStatus.isFinal(status)) {
      return Reply.of(Refusal.HANDLER_FAILED);
    }
    String message = HttpStatus.getMessage(status);
    return Reply.of(
        new LocalAnswer(status, "application/json", "{\"message\":\"" + message + "\"}"));
  }
}
