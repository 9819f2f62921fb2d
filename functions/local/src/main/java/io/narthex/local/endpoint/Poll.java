package io.narthex.local.endpoint;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Lists the bucket again and again, for a store that tells of nothing by itself. */
public final class Poll implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Poll.class.getName());
  private static final int MAX_BACKLOG = 10_000;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ScheduledExecutorService executor;

  private Poll(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /**
   * Begins with a listing at once.
   *
   * @param every from the end of one listing to the start of the next
   * @param file where the listing before is kept
   * @param inFlight how many messages are not done with; listing waits while there are too many
   */
  public static Poll start(
      Duration every, ObjectStore cache, Messages messages, Path file, IntSupplier inFlight) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("poll").factory());
    var listing = new Listing(cache, messages, file, () -> drain(inFlight), Clock.systemUTC());
    var _ =
        executor.scheduleWithFixedDelay(
            () -> run(listing, executor), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return new Poll(executor);
  }

  private static void drain(IntSupplier inFlight) throws InterruptedException {
    while (inFlight.getAsInt() > MAX_BACKLOG) {
      Thread.sleep(PAUSE);
    }
  }

  /** What fails because it is being stopped is no news. */
  private static void run(Listing listing, ScheduledExecutorService executor) {
    try {
      listing.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Whatever left this method would end the schedule without a word.
    } catch (StoreException | UncheckedIOException e) {
      if (!executor.isShutdown()) {
        LOG.log(System.Logger.Level.WARNING, "listing, tried again later", e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
