package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Does again what lost a race, a few times, after pauses of random length: up to {@value #SPREAD}
 * times as long as the attempt took, then up to {@value #GROWTH} times as long each time. Of those
 * who meet at one object one gets through with each attempt's time, so a hundred need that of a
 * hundred attempts: with pauses that grow this fast they come apart after three or four attempts,
 * where those who only double them would still be losing.
 */
public final class Retries {
  private static final int ATTEMPTS = 10;
  private static final int SPREAD = 4;
  private static final int GROWTH = 8;
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Sleep sleep;
  private final LongUnaryOperator random;
  private final LongSupplier nanoTime;

  /**
   * Pauses as the one who calls wants them.
   *
   * @param random a number below the one that it is given
   */
  public Retries(Sleep sleep, LongUnaryOperator random) {
    this(sleep, random, System::nanoTime);
  }

  Retries(Sleep sleep, LongUnaryOperator random, LongSupplier nanoTime) {
    this.sleep = requireNonNull(sleep, "sleep is null");
    this.random = requireNonNull(random, "random is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
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
    long begun = nanoTime.getAsLong();
    Optional<T> done = attempt.get();
    long pause = Math.max(LEAST.toNanos(), SPREAD * (nanoTime.getAsLong() - begun));
    for (int i = 1; i < ATTEMPTS && done.isEmpty(); i++) {
      pause = Math.min(MOST.toNanos(), pause);
      sleep.sleep(Duration.ofNanos(random.applyAsLong(pause)));
      done = attempt.get();
      pause *= GROWTH;
    }
    return done.orElseThrow(() -> new StoreException(what + " keeps changing while it is written"));
  }
}
