package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.states.StateMachine;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Starts a rebuild of the index, unless one is under way. Executions are named by the hour: who
 * asks in the same moment starts one together, and after one that failed the next hour brings
 * another.
 */
final class RebuildStart {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'asked-'uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private final StateMachine machine;
  private final InstantSource clock;

  RebuildStart(StateMachine machine, InstantSource clock) {
    this.machine = requireNonNull(machine, "machine is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Has the index rebuilt.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked for: the messages must
   *     come again
   */
  void ask() {
    var _ = machine.startUnlessRunning(HOUR.format(clock.instant()));
  }
}
