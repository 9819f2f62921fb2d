package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.principal.StoredTokens.Stored;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes away tokens that have been no good for a week, whether they expired or were revoked; until
 * then operators see in a list what became of them. What is no token stays, for somebody put it
 * there.
 */
public final class TokenSweep {
  /** How long a token is kept after its end. */
  public static final Duration KEPT = Duration.ofDays(7);

  private final ObjectStore state;
  private final StoredTokens stored;
  private final Clock clock;

  public TokenSweep(ObjectStore state, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.stored = new StoredTokens(state);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Goes over all tokens once.
   *
   * @return how many were taken away
   * @throws io.narthex.cache.store.StoreException if the store failed; the next run goes on
   */
  public int run() {
    Instant before = clock.instant().minus(KEPT);
    // A token ends after it was made, and its revocation is written when it happens: what is
    // younger than that need not be read.
    return (int)
        StoredTokens.each(
                stored.ids(entry -> entry.lastModified().isBefore(before)),
                id -> remove(id, before))
            .count();
  }

  /**
   * What is over stays over, so that what was read is still true when it is deleted. If we stop
   * before, the token is refused as expired or revoked; after it, as one that there is not: its
   * holder is told the same.
   */
  private Optional<TokenId> remove(TokenId id, Instant before) {
    if (!isOver(id, before)) {
      return Optional.empty();
    }
    state.delete(StateKeys.token(id));
    return Optional.of(id);
  }

  private boolean isOver(TokenId id, Instant before) {
    try {
      return stored.read(id).map(Stored::token).map(Token::end).filter(before::isAfter).isPresent();
    } catch (MalformedTokenException _) {
      return false;
    }
  }
}
