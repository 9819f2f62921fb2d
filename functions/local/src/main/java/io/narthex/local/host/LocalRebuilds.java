package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Rebuild;
import io.narthex.cache.store.StoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Rebuilds the index in the background, one rebuild at a time, as the state machine does on AWS.
 */
final class LocalRebuilds implements AutoCloseable {
  private final Rebuild rebuild;
  private final OutcomeView view;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("rebuild").factory());

  LocalRebuilds(Rebuild rebuild, OutcomeView view) {
    this.rebuild = requireNonNull(rebuild, "rebuild is null");
    this.view = requireNonNull(view, "view is null");
  }

  /** Has it rebuilt; once for all who ask before that has begun. */
  void ask() {
    if (asked.compareAndSet(false, true)) {
      executor.execute(this::run);
    }
  }

  /** One that fails, or is stopped, goes on when it is asked for again. */
  private void run() {
    asked.set(false);
    try {
      var _ = rebuild.run((paths, pieces, ofPieces) -> {});
      var _ = rebuild.expire();
    } catch (StoreException e) {
      if (!executor.isShutdown()) {
        view.showFailure("rebuilding the index: " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
