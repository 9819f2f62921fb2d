package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpReply;
import io.narthex.cache.read.ResponseHeaders;
import java.util.Optional;

/** What is posted must be JSON, and not too much of it. */
final class PostedJson {
  private static final String JSON = "application/json";

  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Cache-Control", "no-store")
          .with("Content-Type", "text/plain; charset=utf-8")
          .with("X-Content-Type-Options", "nosniff");

  private PostedJson() {}

  /** What a request is answered that cannot be one, whatever it holds; empty if it can. */
  static Optional<HttpReply> refusal(HttpCall call, int most) {
    if (!call.method().equals("POST")) {
      return Optional.of(refused(405, HEADERS.with("Allow", "POST"), "this is for POST"));
    }
    if (call.body().bytes(most).isEmpty()) {
      return Optional.of(refused(413, HEADERS, "the body is longer than " + most / 1024 + " KB"));
    }
    return isJson(call)
        ? Optional.empty()
        : Optional.of(refused(415, HEADERS, "the body must be " + JSON));
  }

  // A page of somebody else's cannot send it without asking first, and nobody answers that.
  private static boolean isJson(HttpCall call) {
    String type = call.header("content-type").orElse("").toLowerCase(ROOT);
    return type.equals(JSON) || type.startsWith(JSON + ";");
  }

  private static HttpReply refused(int status, ResponseHeaders headers, String reason) {
    return new HttpReply(status, headers.values(), (reason + "\n").getBytes(UTF_8));
  }
}
