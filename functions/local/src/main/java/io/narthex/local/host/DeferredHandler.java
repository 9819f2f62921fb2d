package io.narthex.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** Stands for a function that is made after the door to it, whose address it must know. */
final class DeferredHandler implements RequestStreamHandler {
  private final CompletableFuture<RequestStreamHandler> handler = new CompletableFuture<>();

  void becomes(RequestStreamHandler made) {
    handler.complete(made);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handler.join().handleRequest(event, answer, context);
  }
}
