package io.narthex.cache.principal;

import java.util.Map;

/**
 * Who may be known at our door besides the holders of tokens, and what AWS would know of accounts
 * and we must be told: {@code principals.json} in the state bucket.
 *
 * @param accounts by their 12-digit ids: of the bucket's own account what is known of it; another
 *     one is let in by being here, for the identity policies of its principals are nowhere to be
 *     seen
 */
public record PrincipalSettings(Map<String, KnownAccount> accounts) {
  /** Nobody else, and nothing known. */
  public static final PrincipalSettings NONE = new PrincipalSettings(Map.of());

  public PrincipalSettings {
    accounts = Map.copyOf(accounts);
    accounts.keySet().forEach(KnownAccount::requireId);
  }
}
