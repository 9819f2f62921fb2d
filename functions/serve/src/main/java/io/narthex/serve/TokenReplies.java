package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.http.HttpReply;
import io.narthex.cache.login.Issuance;
import io.narthex.cache.login.TokenAnswer;
import io.narthex.cache.read.ResponseHeaders;

/** Answers to who asks for a token. No cache may keep any of them. */
final class TokenReplies {
  private static final String JSON = "application/json";

  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Cache-Control", "no-store")
          .with("X-Content-Type-Options", "nosniff");

  private TokenReplies() {}

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

  private static HttpReply refused(int status, ResponseHeaders headers, String reason) {
    return new HttpReply(
        status,
        headers.with("Content-Type", "text/plain; charset=utf-8").values(),
        (reason + "\n").getBytes(UTF_8));
  }
}
