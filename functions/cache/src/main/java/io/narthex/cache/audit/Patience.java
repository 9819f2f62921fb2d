package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Sleeper;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.UnreadableObjectException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * How often a request that failed is made again, and after how long: twice as long each time, and
 * by lot a little more, so that many do not come back at once.
 *
 * @param attempts at least 1
 * @param first pause
 */
public record Patience(int attempts, Duration first, Sleeper sleeper) {
  public Patience {
    requireNonNull(first, "first is null");
    requireNonNull(sleeper, "sleeper is null");
    if (attempts < 1) {
      throw new IllegalArgumentException(attempts + " attempts");
    }
  }

  /**
   * The answer to a request.
   *
   * @throws StoreException the last one; at once if asking again would bring the same answer
   */
  <T> T ask(Supplier<T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (UnreadableObjectException e) {
        throw e;
      } catch (StoreException e) {
        if (attempt == attempts) {
          throw e;
        }
        sleeper.sleep(pause(attempt));
      }
    }
  }

  private Duration pause(int attempt) {
    long millis = first.toMillis() << (attempt - 1);
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
