package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

/** Tells whether tokens are signed by their issuers: it knows where their keys are. */
@FunctionalInterface
public interface WebTokenSignatures {
  /**
   * Looks at the signature of a token that says it is of this issuer; nothing else is looked at.
   * What cannot be told, because the issuer does not answer say, is not good.
   */
  Outcome check(OidcIssuer issuer, WebToken token);

  /** What the signature is worth. */
  sealed interface Outcome {}

  /** One of the issuer's keys made it. */
  record Good() implements Outcome {}

  /** Nobody we know made it, as far as can be told now. */
  record NotGood(String reason) implements Outcome {
    public NotGood {
      requireNonNull(reason, "reason is null");
    }
  }
}
