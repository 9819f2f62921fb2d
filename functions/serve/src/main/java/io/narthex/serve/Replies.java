package io.narthex.serve;

import io.narthex.aws.http.HttpReply;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Answer.BadRequest;
import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Forbidden;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.MethodNotAllowed;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.cache.read.Answer.Unauthenticated;
import io.narthex.cache.read.Payload;
import io.narthex.cache.read.ResponseHeaders;

/** Answers in HTTP. Nix shows the text of a refusal to its user. */
final class Replies {
  private static final ResponseHeaders REFUSED =
      ResponseHeaders.NONE
          .with("Content-Type", "text/plain; charset=utf-8")
          .with("Cache-Control", "no-store")
          .with("X-Content-Type-Options", "nosniff");

  private Replies() {}

  static HttpReply of(Answer answer) {
    return switch (answer) {
      case Inline(var headers, var payload) ->
          new HttpReply(200, headers.values(), payload.bytes());
      case Described(var headers, var length) ->
          new HttpReply(200, headers.with("Content-Length", Long.toString(length)).values());
      case Redirect(var location) ->
          new HttpReply(
              307,
              ResponseHeaders.NONE
                  .with("Location", location.toASCIIString())
                  .with("Cache-Control", "no-store")
                  .with("Referrer-Policy", "no-referrer")
                  .values());
      case BadRequest(var reason) -> refused(400, REFUSED, reason);
      case Unauthenticated(var reason) ->
          refused(401, REFUSED.with("WWW-Authenticate", "Basic realm=\"Nix cache\""), reason);
      case Forbidden(var reason) -> refused(403, REFUSED, reason);
      case Hidden(var reason) -> refused(404, REFUSED, reason);
      case NotFound(var reason) -> refused(404, REFUSED, reason);
      case MethodNotAllowed(var reason) -> refused(405, REFUSED.with("Allow", "GET, HEAD"), reason);
    };
  }

  private static HttpReply refused(int status, ResponseHeaders headers, String reason) {
    return new HttpReply(status, headers.values(), Payload.of(reason + "\n").bytes());
  }
}
