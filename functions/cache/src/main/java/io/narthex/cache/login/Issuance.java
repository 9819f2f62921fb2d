package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.IssuedToken;

/**
 * What comes of asking for a token. The reasons are for who asked: they hold no part of what was
 * sent.
 */
public sealed interface Issuance {
  /** A token was made. */
  record Issued(IssuedToken token) implements Issuance {
    public Issued {
      requireNonNull(token, "token is null");
    }
  }

  /** What was sent is not what can be sent here. */
  record Malformed(String reason) implements Issuance {
    public Malformed {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * It does not prove who sent it.
   *
   * @param detail for the log of the function alone
   */
  record Unproven(String reason, String detail) implements Issuance {
    public Unproven {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
    }
  }

  /** Who sent it is known, and gets no token. */
  record Refused(String reason) implements Issuance {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }
}
