package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.Principal;

/**
 * Which principals are let in at all: those of the cache's own account, and of accounts that the
 * settings list. For S3 would ask the identity policies of a foreign principal too, and we cannot
 * see them.
 */
public final class Admittance {
  private final String account;
  private final PrincipalSettingsSource settings;

  /**
   * @param account 12 digits: the account of the cache bucket
   */
  public Admittance(String account, PrincipalSettingsSource settings) {
    KnownAccount.requireId(account);
    this.account = account;
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Whether a principal is let in, as far as its account goes. Nobody in particular always is. */
  public boolean admits(Principal principal) {
    return principal.accountId().map(this::admits).orElse(true);
  }

  private boolean admits(String other) {
    return other.equals(account) || settings.current().accounts().containsKey(other);
  }

  /** Says in an IllegalArgumentException if a principal is not let in, and what to do about it. */
  public void require(Principal principal) {
    if (!admits(principal)) {
      throw new IllegalArgumentException(
          "%s is of account %s, not of %s as the cache is; list that account first, with: narthex"
                  .formatted(
                      PrincipalText.of(principal), principal.accountId().orElse("none"), account)
              + " principals set");
    }
  }
}
