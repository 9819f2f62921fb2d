package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads that take pieces of work until there is none, or until the audit is to stop. */
final class Workers {
  private final int threads;
  private final StopSignal stop;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Workers(int threads, StopSignal stop) {
    this.threads = threads;
    this.stop = requireNonNull(stop, "stop is null");
  }

  /**
   * Has all work done, and returns when every thread has ended.
   *
   * @param next the next piece; empty if there is none. Asked by one thread at a time
   */
  void run(Supplier<Optional<Runnable>> next) {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(Thread.ofPlatform().daemon().name("audit-" + i).start(() -> work(next)));
    }
    all.forEach(Workers::join);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void work(Supplier<Optional<Runnable>> next) {
    try {
      Optional<Runnable> piece = take(next);
      while (piece.isPresent() && failure.get() == null) {
        piece.get().run();
        piece = take(next);
      }
    } catch (AuditStoppedException e) {
      stop.request();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private synchronized Optional<Runnable> take(Supplier<Optional<Runnable>> next) {
    return stop.isRequested() ? Optional.empty() : next.get();
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
