package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authenticator;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Queries;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.Reads;

/**
 * What answers the function's requests.
 *
 * @param authenticator tells who sends a request, before anything else of it is looked at
 * @param reads what a caller that it knows is answered
 * @param queries what it is answered about many paths
 * @param tokens makes tokens for who shows something else
 */
public record ServeParts(
    Authenticator authenticator, Reads reads, QueryDoor queries, TokenRequests tokens) {
  public ServeParts {
    requireNonNull(authenticator, "authenticator is null");
    requireNonNull(reads, "reads is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(tokens, "tokens is null");
  }

  /** Reads and queries by the same rules. */
  public ServeParts(
      Authenticator authenticator, ReadPorts ports, CacheBucket bucket, TokenRequests tokens) {
    this(
        authenticator, new Reads(ports, bucket), new QueryDoor(new Queries(ports, bucket)), tokens);
  }

  /** Without tokens to ask for. */
  public ServeParts(Authenticator authenticator, ReadPorts ports, CacheBucket bucket) {
    this(authenticator, ports, bucket, TokenRequests.NONE);
  }
}
