package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens as they were within the last minute, so that one that is revoked is good for no longer
 * than that. Those that there are and those that there are not are remembered apart, so that who
 * guesses can push out neither.
 */
final class CurrentTokens {
  static final Duration FRESH = Duration.ofSeconds(60);
  static final int MAX = 2000;

  private final Tokens tokens;
  private final Clock clock;
  private final Map<TokenId, Remembered> present = new Recent();
  private final Map<TokenId, Remembered> absent = new Recent();

  CurrentTokens(Tokens tokens, Clock clock) {
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A token, whatever it is worth.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be read
   */
  Optional<Token> find(TokenId id) {
    // From before the read: what is revoked while we read is revoked in time.
    Instant now = clock.instant();
    Optional<Remembered> known = remembered(id, now);
    if (known.isPresent()) {
      return known.get().token();
    }
    Optional<Token> token = tokens.find(id);
    remember(id, new Remembered(token, now));
    return token;
  }

  private synchronized Optional<Remembered> remembered(TokenId id, Instant now) {
    return Optional.ofNullable(present.get(id))
        .or(() -> Optional.ofNullable(absent.get(id)))
        .filter(r -> now.isBefore(r.readAt().plus(FRESH)));
  }

  private synchronized void remember(TokenId id, Remembered remembered) {
    present.remove(id);
    absent.remove(id);
    (remembered.token().isPresent() ? present : absent).put(id, remembered);
  }

  private record Remembered(Optional<Token> token, Instant readAt) {}

  /** The last so many that were put. */
  private static final class Recent extends LinkedHashMap<TokenId, Remembered> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<TokenId, Remembered> eldest) {
      return size() > MAX;
    }
  }
}
