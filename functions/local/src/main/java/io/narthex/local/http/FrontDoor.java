package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests to the function or to a local route. A request waits with its client, not with the
 * function: its body is read before, and its answer sent after the call.
 */
final class FrontDoor extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(FrontDoor.class.getName());

  /** Bodies in memory at once; reads have none and never wait for these. */
  private static final int BODIES = 8;

  private final Function function;
  private final LocalRoutes routes;
  private final HostNames names;
  private final Gate calls;
  private final Gate bodies;
  private final Clock clock;
  private final String idPrefix =
      HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits());
  private final AtomicLong requests = new AtomicLong();

  FrontDoor(Function function, LocalRoutes routes, HttpFrontConfig config) {
    this.function = function;
    this.routes = routes;
    this.names = config.names();
    this.calls = new Gate(config.concurrency(), config.queue(), config.timeout());
    this.bodies = new Gate(BODIES, config.queue(), config.timeout());
    this.clock = config.clock();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InterruptedException {
    Reply reply = reply(request);
    if (hasBody(request) && !request.getHeaders().contains(HttpHeader.EXPECT)) {
      UnreadBody.passOver(Content.Source.asInputStream(request));
    }
    Replies.send(reply, request, response, callback);
    return true;
  }

  private Reply reply(Request request) throws InterruptedException {
    if (!names.has(request.getHeaders().getValuesList(HttpHeader.HOST))) {
      return Reply.of(Refusal.MISDIRECTED);
    }
    Optional<String> path = EventPath.of(request.getHttpURI().getPath());
    if (path.isEmpty()) {
      return Reply.of(Refusal.BAD_REQUEST);
    }
    HttpRequest taken = taken(path.get(), request);
    Optional<LocalRoute> route = routes.at(taken.path());
    return route.isPresent()
        ? localReply(route.get(), taken, request)
        : functionReply(taken, request);
  }

  private static Reply localReply(LocalRoute route, HttpRequest taken, Request request) {
    if (!LocalRoutes.isFromHere(request.getHeaders(), Request.getLocalPort(request))) {
      return Reply.of(Refusal.NOT_FOUND);
    }
    try {
      byte[] body =
          hasBody(request)
              ? Content.Source.asInputStream(request).readNBytes(LocalRequest.MAX_BODY + 1)
              : new byte[0];
      return body.length > LocalRequest.MAX_BODY
          ? Reply.of(Refusal.BODY_TOO_LARGE)
          : Reply.of(
              route.answer(
                  new LocalRequest(
                      taken.method(), taken.path(), taken.query(), new String(body, UTF_8))));
    } catch (IOException e) {
      return Reply.of(Refusal.BAD_REQUEST);
    } catch (RuntimeException e) {
      return failed(taken, e);
    }
  }

  private Reply functionReply(HttpRequest taken, Request request) throws InterruptedException {
    if (!hasBody(request)) {
      return called(taken, RequestBody.none());
    }
    if (request.getLength() > RequestBody.LIMIT) {
      return Reply.of(Refusal.BODY_TOO_LARGE);
    }
    if (!bodies.enter()) {
      return Reply.of(Refusal.BUSY);
    }
    try {
      return calledWithBody(taken, request);
    } finally {
      bodies.leave();
    }
  }

  private Reply calledWithBody(HttpRequest taken, Request request) throws InterruptedException {
    Optional<RequestBody> body;
    try {
      body = RequestBody.read(Content.Source.asInputStream(request), taken.headers());
    } catch (IOException e) {
      // Whoever broke off mid-body is not there to read this; a bad chunk's sender may be.
      return Reply.of(Refusal.BAD_REQUEST);
    }
    return body.isPresent() ? called(taken, body.get()) : Reply.of(Refusal.BODY_TOO_LARGE);
  }

  private Reply called(HttpRequest taken, RequestBody body) throws InterruptedException {
    if (!calls.enter()) {
      return Reply.of(Refusal.BUSY);
    }
    try {
      return function.call(taken, body);
    } catch (RuntimeException | IOException | MalformedReplyException e) {
      return failed(taken, e);
    } finally {
      calls.leave();
    }
  }

  private static Reply failed(HttpRequest taken, Exception e) {
    LOG.log(System.Logger.Level.WARNING, taken.toString(), e);
    return Reply.of(Refusal.HANDLER_FAILED);
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private HttpRequest taken(String path, Request request) {
    String query = request.getHttpURI().getQuery();
    String sourceIp = Request.getRemoteAddr(request);
    EventHeaders headers =
        new EventHeaders(request.getHeaders())
            .add("x-forwarded-for", sourceIp)
            .put("x-forwarded-port", Integer.toString(Request.getLocalPort(request)))
            .put("x-forwarded-proto", "http");
    return new HttpRequest(
        request.getMethod(),
        path,
        query == null ? "" : query,
        request.getConnectionMetaData().getProtocol(),
        headers,
        sourceIp,
        idPrefix + "-" + requests.incrementAndGet(),
        clock.instant());
  }
}
