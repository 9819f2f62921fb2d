package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

/** What STS says of a request. */
public sealed interface StsAnswer {
  /**
   * Who signed it.
   *
   * @param account 12 digits
   * @param arn of a user, a session of a role, a federated user or the root of that account
   * @param userId {@code aws:userid}
   */
  record CallerIdentity(String account, String arn, String userId) implements StsAnswer {
    public CallerIdentity {
      requireNonNull(account, "account is null");
      requireNonNull(arn, "arn is null");
      requireNonNull(userId, "userId is null");
    }
  }

  /**
   * Nobody that AWS knows, or no more.
   *
   * @param code AWS's word for it: letters only, e.g. {@code SignatureDoesNotMatch}
   */
  record Denied(String code) implements StsAnswer {
    public Denied {
      if (code.isEmpty()
          || code.length() > 64
          || !code.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
        throw new IllegalArgumentException("not the code of an error");
      }
    }
  }
}
