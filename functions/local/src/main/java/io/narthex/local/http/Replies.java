package io.narthex.local.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends answers. Jetty frames the body and, for HEAD, leaves it away. */
final class Replies {
  private static final String CONTENT_LENGTH = "content-length";

  private Replies() {}

  static void send(Reply reply, Request request, Response response, Callback callback) {
    response.setStatus(reply.status());
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      String name = header.getKey();
      if (!HopByHop.isDropped(name) && !name.equals(CONTENT_LENGTH)) {
        response.getHeaders().put(name, header.getValue());
      }
    }
    for (String cookie : reply.cookies()) {
      response.getHeaders().add(HttpHeader.SET_COOKIE, cookie);
    }
    ByteBuffer body = reply.body();
    if (HttpMethod.HEAD.is(request.getMethod())) {
      reply.headLength().ifPresent(n -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, n));
      body = ByteBuffer.allocate(0);
    }
    response.write(true, body, callback);
  }
}
