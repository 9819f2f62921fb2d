package io.narthex.cache.operate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenListing;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;

/** Who is let in at the door of a cache, as those see it who operate it. */
public final class KnownCallers {
  private final ObjectStore state;
  private final String account;
  private final Tokens tokens;
  private final Clock clock;

  /**
   * As the state bucket has it.
   *
   * @param account 12 digits: the account of the cache bucket
   */
  public KnownCallers(ObjectStore state, String account, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.account = requireNonNull(account, "account is null");
    this.clock = requireNonNull(clock, "clock is null");
    // Anew each time, for whoever lists an account wants to make a token for it next.
    PrincipalSettingsSource settings = () -> new StoredPrincipals(state, _ -> {}, clock).current();
    this.tokens = new Tokens(state, new Admittance(account, settings), clock);
  }

  /**
   * Makes a token.
   *
   * @throws IllegalArgumentException if its principal would not be let in, saying why
   */
  public IssuedToken createToken(TokenGrant grant) {
    return tokens.create(grant);
  }

  /** All tokens, in JSON as {@link TokenListing} has it. */
  public String listTokens() {
    return TokenListing.json(tokens.list(), clock.instant());
  }

  /**
   * Takes a token back for good.
   *
   * @return false if there is none, or it was revoked already
   */
  public boolean revokeToken(TokenId id) {
    return tokens.revoke(id);
  }

  /** The text of {@code principals.json}; empty if there is none. */
  public Optional<String> principals() {
    return StoredPrincipals.show(state);
  }

  /**
   * Replaces {@code principals.json}.
   *
   * @throws MalformedPrincipalsException saying everything that is wrong; nothing was written
   */
  public void setPrincipals(String json) throws MalformedPrincipalsException {
    StoredPrincipals.set(state, json, account);
  }
}
