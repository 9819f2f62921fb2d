package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Look.Unjudged;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Has a read that comes seconds after an upload wait for the verdict: Nix would remember a 404 for
 * an hour. Only what has not been judged is waited for, and only while it is young: later,
 * something else is wrong.
 */
final class VerdictWait {
  /** Longer, and API Gateway gives up before us. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private final VerifiedStore store;
  private final SettingsSource settings;
  private final Clock clock;
  private final Sleeper sleeper;

  VerdictWait(VerifiedStore store, SettingsSource settings, Clock clock, Sleeper sleeper) {
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
  }

  /** Looks, again and again if need be; the last look is the answer. */
  <T> Look<T> await(ObjectKey key, Supplier<Look<T>> look) {
    Look<T> seen = look.get();
    if (!(seen instanceof Unjudged)) {
      return seen;
    }
    Duration wait = settings.current().readWait();
    if (wait.isZero() || !isYoung(key)) {
      return seen;
    }
    Instant deadline = clock.instant().plus(wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT);
    while (seen instanceof Unjudged && clock.instant().isBefore(deadline)) {
      Duration left = Duration.between(clock.instant(), deadline);
      sleeper.sleep(left.compareTo(POLL) < 0 ? left : POLL);
      seen = look.get();
    }
    return seen;
  }

  private boolean isYoung(ObjectKey key) {
    Instant since = clock.instant().minus(YOUNG);
    return store.lastModified(key).filter(written -> written.isAfter(since)).isPresent();
  }
}
