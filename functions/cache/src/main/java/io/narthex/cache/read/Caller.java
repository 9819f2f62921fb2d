package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.Principal;
import java.util.Optional;

/**
 * Who reads, and what the bucket policy may ask about the way the request came.
 *
 * @param sourceIp as the front saw it, never from a header the client can set
 * @param secureTransport whether the request came over TLS
 * @param userAgent the header, which proves nothing
 * @param referer the header, which proves nothing
 */
public record Caller(
    Principal principal,
    Optional<String> sourceIp,
    boolean secureTransport,
    Optional<String> userAgent,
    Optional<String> referer) {
  public Caller {
    requireNonNull(principal, "principal is null");
    requireNonNull(sourceIp, "sourceIp is null");
    requireNonNull(userAgent, "userAgent is null");
    requireNonNull(referer, "referer is null");
  }

  boolean isAnonymous() {
    return principal instanceof Principal.Anonymous;
  }
}
