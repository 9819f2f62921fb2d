package io.narthex.serve;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpReply;
import java.util.Optional;

/** Answers who asks for a token. */
@FunctionalInterface
public interface TokenRequests {
  /** Nobody can ask here. */
  TokenRequests NONE = (_, _, _) -> Optional.empty();

  /**
   * Answers a request, if it is one for a token.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  Optional<HttpReply> answer(HttpCall call, ServeLog log, String requestId);
}
