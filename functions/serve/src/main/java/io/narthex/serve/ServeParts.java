package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authenticator;
import io.narthex.cache.read.Reads;

/**
 * What answers the function's requests.
 *
 * @param authenticator tells who sends a request, before anything else of it is looked at
 * @param reads what a caller that it knows is answered
 * @param tokens makes tokens for who shows something else
 */
public record ServeParts(Authenticator authenticator, Reads reads, TokenRequests tokens) {
  public ServeParts {
    requireNonNull(authenticator, "authenticator is null");
    requireNonNull(reads, "reads is null");
    requireNonNull(tokens, "tokens is null");
  }

  /** Without tokens to ask for. */
  public ServeParts(Authenticator authenticator, Reads reads) {
    this(authenticator, reads, TokenRequests.NONE);
  }
}
