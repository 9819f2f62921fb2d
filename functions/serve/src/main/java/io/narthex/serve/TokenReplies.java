package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpReply;
import io.narthex.cache.login.Issuance;
import io.narthex.cache.login.TokenAnswer;
import io.narthex.cache.read.ResponseHeaders;
import java.util.Optional;

/** Answers to who asks for a token. No cache may keep any of them. */
final class TokenReplies {
  private static final String JSON = "application/json";

  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Cache-Control", "no-store")
          .with("X-Content-Type-Options", "nosniff");

  private TokenReplies() {}

  /** What a request is answered that cannot be one of these, whatever it holds. */
  static Optional<HttpReply> impossible(HttpCall call) {
    if (!call.method().equals("POST")) {
      return Optional.of(refused(405, HEADERS.with("Allow", "POST"), "this is for POST"));
    }
    if (call.body().bytes().isEmpty()) {
      return Optional.of(refused(413, HEADERS, "the body is longer than 8 KB"));
    }
    return isJson(call)
        ? Optional.empty()
        : Optional.of(refused(415, HEADERS, "the body must be " + JSON));
  }

  static HttpReply of(Issuance issuance) {
    return switch (issuance) {
      case Issuance.Issued(var token) ->
          new HttpReply(
              200, HEADERS.with("Content-Type", JSON).values(), TokenAnswer.of(token).write());
      case Issuance.Malformed(var reason) -> refused(400, HEADERS, reason);
      case Issuance.Unproven(var reason, _) ->
          refused(401, HEADERS.with("WWW-Authenticate", "Bearer realm=\"Nix cache\""), reason);
      case Issuance.Refused(var reason) -> refused(403, HEADERS, reason);
    };
  }

  /** STS could not be asked: no refusal, and worth another try. */
  static HttpReply later() {
    return refused(
        503, HEADERS.with("Retry-After", "5"), "AWS's token service does not answer; try again");
  }

  /** Nobody can log in here, ever. */
  static HttpReply noSts() {
    return refused(
        501,
        HEADERS,
        "this cache has no STS to ask, so nobody logs in with AWS credentials; its operator makes"
            + " tokens, with: narthex token create");
  }

  // A page of somebody else's cannot send it without asking first, and nobody answers that.
  private static boolean isJson(HttpCall call) {
    String type = call.header("content-type").orElse("").toLowerCase(ROOT);
    return type.equals(JSON) || type.startsWith(JSON + ";");
  }

  private static HttpReply refused(int status, ResponseHeaders headers, String reason) {
    return new HttpReply(
        status,
        headers.with("Content-Type", "text/plain; charset=utf-8").values(),
        (reason + "\n").getBytes(UTF_8));
  }
}
