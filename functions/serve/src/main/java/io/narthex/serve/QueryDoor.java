package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpReply;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.Queries;
import io.narthex.cache.read.ReadRequest;
import java.util.Optional;

/** Where questions about many paths are asked. */
final class QueryDoor {
  /** Ten thousand store paths of some 200 characters each. */
  private static final int MAX_BODY = 2 << 20;

  private final Queries queries;

  QueryDoor(Queries queries) {
    this.queries = requireNonNull(queries, "queries is null");
  }

  /** Answers a call with a body; empty if it is no question of these. */
  Optional<HttpReply> posted(HttpCall call, Caller caller) {
    return call.rawPath().equals(Queries.MISSING)
        ? Optional.of(missing(call, caller))
        : Optional.empty();
  }

  /** Answers a call without one; empty if it is no question of these. */
  Optional<Answer> asked(HttpCall call, Caller caller) {
    return queries.answer(new ReadRequest(call.method(), call.rawPath(), caller), call.query());
  }

  private HttpReply missing(HttpCall call, Caller caller) {
    return PostedJson.refusal(call, MAX_BODY)
        .orElseGet(
            () -> Replies.of(queries.missing(call.body().bytes(MAX_BODY).orElseThrow(), caller)));
  }
}
