package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.policy.Principal;
import java.util.Optional;

/**
 * Who reads, and what the bucket policy may ask about the way the request came.
 *
 * @param authenticated who that is, and what proved it
 * @param sourceIp as the front saw it, never from a header the client can set; empty if it does not
 *     tell
 * @param secureTransport whether the request came over TLS
 * @param userAgent the header, which proves nothing
 * @param referer the header, which proves nothing
 */
public record Caller(
    Authenticated authenticated,
    Optional<String> sourceIp,
    boolean secureTransport,
    Optional<String> userAgent,
    Optional<String> referer) {
  public Caller {
    requireNonNull(authenticated, "authenticated is null");
    requireNonNull(sourceIp, "sourceIp is null");
    requireNonNull(userAgent, "userAgent is null");
    requireNonNull(referer, "referer is null");
  }

  /** Who it is. */
  public Identity identity() {
    return authenticated.identity();
  }

  boolean isAnonymous() {
    return identity().isAnonymous();
  }

  /** The ARN of the principal, of a session its own, or {@code anonymous}. */
  String name() {
    return PrincipalText.of(principal());
  }

  Principal principal() {
    return identity().principal();
  }
}
