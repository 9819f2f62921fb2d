package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** How a token came to be. */
public sealed interface TokenOrigin {
  /** An administrator made it. */
  record Administrator() implements TokenOrigin {}

  /** Its holder showed AWS credentials. */
  record Login() implements TokenOrigin {}

  /**
   * Its holder showed a token of an OIDC issuer.
   *
   * @param issuer the {@code iss} of that token
   * @param subject the {@code sub} of that token
   * @param issued the {@code iat} of that token
   */
  record Exchange(String issuer, String subject, Instant issued) implements TokenOrigin {
    public Exchange {
      requireNonNull(issuer, "issuer is null");
      requireNonNull(subject, "subject is null");
      requireNonNull(issued, "issued is null");
    }
  }
}
