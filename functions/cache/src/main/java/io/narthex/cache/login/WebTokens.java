package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Identity;

/** Knows who shows a token of an OIDC issuer that the settings name. */
@FunctionalInterface
public interface WebTokens {
  /**
   * Looks at a token in its compact form.
   *
   * @throws io.narthex.cache.store.StoreException if what is needed to tell could not be read
   */
  Shown identify(String webToken);

  /** Whom a token shows. */
  sealed interface Shown {}

  /**
   * Somebody that the settings know.
   *
   * @param issuer the {@code iss} of the token
   * @param subject the {@code sub} of the token
   */
  record Known(Identity identity, String issuer, String subject) implements Shown {
    public Known {
      requireNonNull(identity, "identity is null");
      requireNonNull(issuer, "issuer is null");
      requireNonNull(subject, "subject is null");
    }
  }

  /** Nobody. */
  record Unknown() implements Shown {}
}
