package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authenticator;
import io.narthex.cache.read.Reads;

/**
 * What answers the function's requests.
 *
 * @param authenticator tells who sends a request, before anything else of it is looked at
 * @param reads what a caller that it knows is answered
 */
public record ServeParts(Authenticator authenticator, Reads reads) {
  public ServeParts {
    requireNonNull(authenticator, "authenticator is null");
    requireNonNull(reads, "reads is null");
  }
}
