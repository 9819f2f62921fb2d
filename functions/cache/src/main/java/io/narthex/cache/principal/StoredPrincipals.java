package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code principals.json} in the state bucket, read again when it is older than a minute. One that
 * is not understood counts as absent: nobody is let in by it, its issuers and accounts are refused,
 * and whoever needs nothing of it, the anonymous and the holders of tokens of the cache's own
 * account, reads on.
 */
public final class StoredPrincipals implements PrincipalSettingsSource {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final ObjectStore state;
  private final PrincipalsAlarm alarm;
  private final Clock clock;
  private volatile Optional<Remembered> remembered = Optional.empty();

  public StoredPrincipals(ObjectStore state, PrincipalsAlarm alarm, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.alarm = requireNonNull(alarm, "alarm is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public PrincipalSettings current() {
    Instant now = clock.instant();
    return remembered
        .filter(r -> now.isBefore(r.readAt().plus(FRESH)))
        .map(Remembered::settings)
        .orElseGet(() -> read(now));
  }

  private PrincipalSettings read(Instant now) {
    PrincipalSettings settings = text(state).map(this::understood).orElse(PrincipalSettings.NONE);
    remembered = Optional.of(new Remembered(settings, now));
    return settings;
  }

  private PrincipalSettings understood(Stored stored) {
    try {
      return PrincipalsJson.read(stored.json());
    } catch (MalformedPrincipalsException e) {
      alarm.notUnderstood(StateKeys.principals() + ": " + e.getMessage());
      return PrincipalSettings.NONE;
    }
  }

  /** The text that is stored, whatever it is; empty if there is none. */
  public static Optional<String> show(ObjectStore state) {
    return text(state).map(Stored::json);
  }

  /**
   * Stores a text that is understood. If we stop before the write the old one holds; functions may
   * go by that for another minute in any case.
   *
   * @param account 12 digits: the account of the cache bucket
   * @throws MalformedPrincipalsException saying everything that is wrong with it; nothing was
   *     written
   */
  public static void set(ObjectStore state, String json, String account)
      throws MalformedPrincipalsException {
    PrincipalsJson.requireAdmitted(PrincipalsJson.read(json), account);
    Optional<Stored> old = text(state);
    NewObject object = NewObject.of(json, "application/json");
    PutResult put =
        old.map(stored -> state.putIfMatch(StateKeys.principals(), stored.etag(), object))
            .orElseGet(() -> state.putIfAbsent(StateKeys.principals(), object));
    if (put instanceof PutResult.PreconditionFailed) {
      throw new StoreException(StateKeys.principals() + " was changed at the same time");
    }
  }

  private record Stored(String json, ETag etag) {}

  private static Optional<Stored> text(ObjectStore state) {
    return state.open(StateKeys.principals()).map(StoredPrincipals::text);
  }

  private static Stored text(ObjectContent content) {
    try (content) {
      return new Stored(new String(content.readAll(), UTF_8), content.object().etag());
    }
  }

  private record Remembered(PrincipalSettings settings, Instant readAt) {}
}
