package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Processes at the same time, of which one runs at each moment: until it waits, for an answer of a
 * store or on its own. Who has waited for long enough first is next, by a clock that goes on when
 * all of them wait. So every order of their requests can come about, and the same durations give
 * the same one.
 */
final class Turns {
  private final MovableClock clock;
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparingLong(Turn::number));
  private final Semaphore idle = new Semaphore(0);
  private final List<Throwable> failures = new ArrayList<>();
  private long next;

  Turns(MovableClock clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  private record Turn(Instant at, long number, Semaphore go) {}

  /** Runs them all to their ends; throws what any of them threw. */
  void run(List<Runnable> processes) {
    for (Runnable process : processes) {
      Turn first = turn(Duration.ZERO);
      Thread.ofVirtual().start(() -> run(process, first));
    }
    passOn();
    idle.acquireUninterruptibly();
    failures.stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw new AssertionError("a process failed", failure);
            });
  }

  private void run(Runnable process, Turn first) {
    first.go().acquireUninterruptibly();
    try {
      process.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    } finally {
      passOn();
    }
  }

  /** Lets others go on until this much time is over. Called by the process whose turn it is. */
  void pass(Duration duration) {
    Turn again = turn(duration);
    passOn();
    again.go().acquireUninterruptibly();
  }

  private Turn turn(Duration duration) {
    var turn = new Turn(clock.instant().plus(duration), next++, new Semaphore(0));
    waiting.add(turn);
    return turn;
  }

  private void passOn() {
    Turn first = waiting.poll();
    if (first == null) {
      idle.release();
      return;
    }
    Duration left = Duration.between(clock.instant(), first.at());
    if (left.isPositive()) {
      clock.advance(left);
    }
    first.go().release();
  }
}
