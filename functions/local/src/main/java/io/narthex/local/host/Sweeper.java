package io.narthex.local.host;

import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what is due every few minutes, as a schedule does on AWS, and once at the start. */
final class Sweeper implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final ScheduledExecutorService executor;

  private Sweeper(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  static Sweeper start(Upkeep upkeep) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweep").factory());
    var _ =
        executor.scheduleWithFixedDelay(
            () -> run(upkeep, executor), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    return new Sweeper(executor);
  }

  /** What fails because it is being stopped is no news. */
  private static void run(Upkeep upkeep, ExecutorService executor) {
    try {
      upkeep.run();
    } catch (StoreException e) {
      if (!executor.isShutdown()) {
        System.getLogger("narthex").log(System.Logger.Level.WARNING, "sweep, tried again later", e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
