package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.principal.StoredTokens.Stored;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of a cache: one object each in the state bucket, which never holds a secret. Whoever
 * can write there can let anybody in.
 */
public final class Tokens {
  private static final int MAX_TRIES = 10;

  private final ObjectStore state;
  private final StoredTokens stored;
  private final Admittance admittance;
  private final Clock clock;
  private final SecureRandom random;

  /** Kept in the state bucket, and only for principals that are let in at all. */
  public Tokens(ObjectStore state, Admittance admittance, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.stored = new StoredTokens(state);
    this.admittance = requireNonNull(admittance, "admittance is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = new SecureRandom();
  }

  /**
   * Makes a token. If we stop right after the write, it is there and nobody knows its secret: it is
   * worth nothing, and expires.
   *
   * @throws IllegalArgumentException if its principal would not be let in, saying why
   */
  public IssuedToken create(TokenGrant grant) {
    admittance.require(grant.principal());
    TokenSecret secret = TokenSecret.random(random);
    for (int i = 0; i < MAX_TRIES; i++) {
      Token token = Token.of(TokenId.random(random), secret.hash(), grant, clock.instant());
      if (state.putIfAbsent(StateKeys.token(token.id()), object(token))
          instanceof PutResult.Stored) {
        return new IssuedToken(token, secret);
      }
    }
    throw new StoreException("every id is taken under " + StateKeys.TOKENS);
  }

  /**
   * A token, whatever it is worth now; empty if there is none of that id.
   *
   * @throws MalformedTokenException if something else is in its place
   */
  public Optional<Token> find(TokenId id) {
    return stored.read(id).map(Stored::token);
  }

  /**
   * All tokens, those that expired or were revoked too until {@link TokenSweep} takes them away, in
   * the order of their ids.
   *
   * @throws MalformedTokenException if something else is among them
   */
  public List<Token> list() {
    return StoredTokens.each(stored.ids(_ -> true), this::find).toList();
  }

  /**
   * Takes a token back, for good; it is kept. Functions that know it let its holder in until they
   * look again, within a minute.
   *
   * @return false if there is none, or it was revoked already
   */
  public boolean revoke(TokenId id) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Stored> found = stored.read(id);
      if (found.flatMap(s -> s.token().revoked()).isPresent() || found.isEmpty()) {
        return false;
      }
      // If we stop before the write, it is as good as before; after it, it is revoked.
      NewObject revoked = object(found.get().token().revokedAt(clock.instant()));
      if (state.putIfMatch(StateKeys.token(id), found.get().etag(), revoked)
          instanceof PutResult.Stored) {
        return true;
      }
    }
    throw new StoreException(StateKeys.token(id) + " keeps changing");
  }

  private static NewObject object(Token token) {
    return NewObject.of(TokenJson.write(token), "application/json");
  }
}
