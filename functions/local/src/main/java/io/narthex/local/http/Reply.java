package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer fit to be sent: its status ends a request, its headers are one line each. */
final class Reply {
  private static final String CONTENT_TYPE = "content-type";
  private static final String CONTENT_LENGTH = "content-length";
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final int status;
  private final Map<String, String> headers;
  private final List<String> cookies;
  private final byte[] body;

  private Reply(int status, byte[] body, Map<String, String> headers, List<String> cookies) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.cookies = List.copyOf(cookies);
    this.body = ReplyStatus.hasBody(status) ? body : new byte[0];
  }

  /** What the front says by itself. */
  static Reply of(Refusal refusal) {
    return of(new LocalAnswer(refusal.status(), "application/json", refusal.body()));
  }

  static Reply of(LocalAnswer answer) {
    return new Reply(
        answer.status(),
        answer.body().getBytes(UTF_8),
        Map.of(CONTENT_TYPE, answer.contentType()),
        List.of());
  }

  /**
   * What a handler answered.
   *
   * @param headers by name in lower case
   * @param cookies each the value of one Set-Cookie
   * @throws MalformedReplyException if a status or header cannot be sent as it is
   */
  static Reply ofHandler(int status, Map<String, String> headers, List<String> cookies, byte[] body)
      throws MalformedReplyException {
    if (!ReplyStatus.isFinal(status)) {
      throw new MalformedReplyException("statusCode: expected 200 to 599, actual " + status);
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      requireSendable(header.getKey(), header.getValue());
    }
    for (String cookie : cookies) {
      requireSendable("set-cookie", cookie);
    }
    if (!LENGTH.matcher(headers.getOrDefault(CONTENT_LENGTH, "0")).matches()) {
      throw new MalformedReplyException("headers: content-length: expected a number");
    }
    return new Reply(status, body, headers, cookies);
  }

  private static void requireSendable(String name, String value) throws MalformedReplyException {
    if (!HeaderSyntax.isName(name)) {
      throw new MalformedReplyException("headers: a name is no token");
    }
    if (!HeaderSyntax.isValue(value)) {
      throw new MalformedReplyException("headers: the value of " + name + " is not one line");
    }
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  List<String> cookies() {
    return cookies;
  }

  /**
   * What Content-Length says to HEAD: the handler's word, for it may know a body it did not send.
   */
  Optional<String> headLength() {
    if (!ReplyStatus.hasBody(status)) {
      return Optional.empty();
    }
    String sent = Integer.toString(body.length);
    return Optional.of(headers.getOrDefault(CONTENT_LENGTH, sent));
  }

  ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer();
  }
}
