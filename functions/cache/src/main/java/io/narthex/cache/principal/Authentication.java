package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

/** What the credentials of a request came to. */
public sealed interface Authentication {

  /**
   * They are good, or there are none and the caller is nobody in particular.
   *
   * @param identity who that is
   * @param credential what proved it, to be shown to the caller and to operators: e.g. {@code token
   *     nxt…}; never a secret
   */
  record Authenticated(Identity identity, String credential) implements Authentication {
    /** A request without credentials. */
    public static final Authenticated NOBODY =
        new Authenticated(Identity.ANONYMOUS, "no credentials");

    public Authenticated {
      requireNonNull(identity, "identity is null");
      requireNonNull(credential, "credential is null");
    }
  }

  /**
   * They are no good. The caller hears nothing but that, whatever the reason.
   *
   * @param reason for the log of the function; never holds a part of the credentials but a token's
   *     id
   */
  record Refused(String reason) implements Authentication {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }
}
