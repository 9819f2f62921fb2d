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
import io.narthex.cache.read.Answer.NotReady;
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

  private static final ResponseHeaders CHALLENGED =
      REFUSED.with("WWW-Authenticate", "Basic realm=\"Nix cache\"");
  private static final ResponseHeaders REDIRECTED =
      ResponseHeaders.NONE.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");

  private Replies() {}

  static HttpReply of(Answer answer) {
    return switch (answer) {
      case Inline(var headers, var payload) -> reply(200, headers, payload.bytes());
      case Described(var headers, var length) ->
          reply(200, headers.with("Content-Length", Long.toString(length)), new byte[0]);
      case Redirect(var location) ->
          reply(307, REDIRECTED.with("Location", location.toASCIIString()), new byte[0]);
      case BadRequest(var reason) -> refused(400, REFUSED, reason);
      case Unauthenticated _ -> refused(401, CHALLENGED, "the credentials are no good here");
      case Forbidden(var reason, _) -> refused(403, REFUSED, reason);
      case Hidden(var reason, _) -> refused(404, REFUSED, reason);
      case NotFound(var reason) -> refused(404, REFUSED, reason);
      case NotReady(var reason) -> refused(503, REFUSED.with("Retry-After", "30"), reason);
      case MethodNotAllowed(var reason) -> refused(405, REFUSED.with("Allow", "GET, HEAD"), reason);
    };
  }

  private static HttpReply refused(int status, ResponseHeaders headers, String reason) {
    return reply(status, headers, Payload.of(reason + "\n").bytes());
  }

  // Every answer depends on who asks, if only because bad credentials are answered everywhere.
  private static HttpReply reply(int status, ResponseHeaders headers, byte[] body) {
    return new HttpReply(status, headers.with("Vary", "Authorization").values(), body);
  }
}
