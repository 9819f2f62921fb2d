package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.revocation.RevokedKeys;
import io.narthex.cache.revocation.RevokedKeys.RevokedKey;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The settings in the state bucket, without the keys that are revoked, read again when they are
 * older than a minute.
 */
public final class StoredSettings implements SettingsSource {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final ObjectStore state;
  private final RevokedKeys revokedKeys;
  private final Clock clock;
  private volatile Optional<Remembered> remembered = Optional.empty();

  public StoredSettings(ObjectStore state, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.revokedKeys = new RevokedKeys(state);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Settings current() {
    Instant now = clock.instant();
    return remembered
        .filter(r -> now.isBefore(r.readAt().plus(FRESH)))
        .map(Remembered::settings)
        .orElseGet(() -> read(now));
  }

  private Settings read(Instant now) {
    try (ObjectContent content =
        state
            .open(StateKeys.settings())
            .orElseThrow(() -> new StoreException("there is no " + StateKeys.settings()))) {
      Settings settings =
          SettingsJson.read(content.readAll())
              .without(revokedKeys.all().stream().map(RevokedKey::key).toList());
      remembered = Optional.of(new Remembered(settings, now));
      return settings;
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + StateKeys.settings(), e);
    }
  }

  private record Remembered(Settings settings, Instant readAt) {}
}
