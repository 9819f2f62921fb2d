package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.admission.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers the requests of a store: 200 when all keys are queued, 401 without the secret, 400 for
 * what is no notification. The secret comes as MinIO sends its {@code auth_token}, in {@code
 * Authorization}, alone or after {@code Bearer}; or as Ceph RGW sends what its topic was given, in
 * {@code opaqueData} of each record.
 */
final class WebhookRequests extends Handler.Abstract {
  static final String PATH = "/events";

  /** In bytes. One record has about one thousand, and a key of at most another. */
  private static final int MAX_BODY = 1 << 20;

  private static final String BEARER = "Bearer ";

  private final WebhookSecret secret;
  private final String bucket;
  private final Messages messages;

  WebhookRequests(WebhookSecret secret, String bucket, Messages messages) {
    this.secret = requireNonNull(secret, "secret is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.messages = requireNonNull(messages, "messages is null");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    response.setStatus(status(request));
    // Ceph RGW opens one for each notification, and would keep all there may be.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    callback.succeeded();
    return true;
  }

  private int status(Request request) throws IOException {
    if (!PATH.equals(Request.getPathInContext(request))) {
      return HttpStatus.NOT_FOUND_404;
    }
    // MinIO asks so, without its token, whether anybody listens.
    if (HttpMethod.HEAD.is(request.getMethod())) {
      return HttpStatus.OK_200;
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      return HttpStatus.METHOD_NOT_ALLOWED_405;
    }
    Optional<String> header =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (header.isPresent() && !isSecret(header.get())) {
      return HttpStatus.UNAUTHORIZED_401;
    }
    return taken(body(request), header.isPresent());
  }

  private boolean isSecret(String header) {
    return secret.is(header.startsWith(BEARER) ? header.substring(BEARER.length()) : header);
  }

  private int taken(Optional<String> body, boolean isKnown) {
    if (body.isEmpty()) {
      return HttpStatus.PAYLOAD_TOO_LARGE_413;
    }
    try {
      PushedEvents events = PushedEvents.parse(body.get(), bucket);
      if (!isKnown && events.opaqueData().filter(secret::is).isEmpty()) {
        return HttpStatus.UNAUTHORIZED_401;
      }
      messages.lookAt(events.keys());
      return HttpStatus.OK_200;
    } catch (MalformedEventException e) {
      return isKnown ? HttpStatus.BAD_REQUEST_400 : HttpStatus.UNAUTHORIZED_401;
    }
  }

  private static Optional<String> body(Request request) throws IOException {
    try (InputStream source = Content.Source.asInputStream(request)) {
      byte[] bytes = source.readNBytes(MAX_BODY + 1);
      return bytes.length > MAX_BODY ? Optional.empty() : Optional.of(new String(bytes, UTF_8));
    }
  }
}
