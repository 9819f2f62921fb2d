package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Does again what lost a race, a few times, after pauses of random length that may be twice as long
 * each time: so writers who meet at one object come apart, and each of them costs a bounded number
 * of requests however many they are.
 */
public final class Retries {
  private static final int ATTEMPTS = 8;
  private static final Duration FIRST = Duration.ofMillis(25);

  private final Sleep sleep;
  private final LongUnaryOperator random;

  /**
   * Pauses as the one who calls wants them.
   *
   * @param random a number below the one that it is given
   */
  public Retries(Sleep sleep, LongUnaryOperator random) {
    this.sleep = requireNonNull(sleep, "sleep is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Waits. */
  @FunctionalInterface
  public interface Sleep {
    void sleep(Duration duration);
  }

  /**
   * Tries until it comes to something.
   *
   * @throws StoreException if others were faster every time: the message must come again
   */
  <T> T until(String what, Supplier<Optional<T>> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<T> done = attempt.get();
      if (done.isPresent()) {
        return done.get();
      }
      sleep.sleep(Duration.ofNanos(random.applyAsLong(FIRST.toNanos() << i)));
    }
    throw new StoreException(what + " keeps changing while it is written");
  }
}
