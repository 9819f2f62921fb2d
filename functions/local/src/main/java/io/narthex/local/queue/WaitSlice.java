package io.narthex.local.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a wait sleeps before it looks again. */
final class WaitSlice {
  /** A wait looks at the clock this often, for it may be set, and machines sleep. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private WaitSlice() {}

  /** Until something is due, within the bounds. */
  static Duration until(Optional<Instant> due, Clock clock) {
    Duration wait = due.map(at -> Duration.between(clock.instant(), at)).orElse(LONGEST);
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
