package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The requests to a {@link MemoryStore}: each is counted, and may fail by a plan. */
final class Requests {
  /** So often a write that meets others is made, as the adapter to S3 does. */
  private static final int ATTEMPTS = 5;

  private final Object lock;
  private final List<Fault.Request> made = new ArrayList<>();
  private Fault.Plan faults = Fault.Plan.NEVER;
  private Consumer<Fault.Request> beforeEach = request -> {};

  /** Requests that are done under the lock of the store. */
  Requests(Object lock) {
    this.lock = requireNonNull(lock, "lock is null");
  }

  void failing(Fault.Plan plan) {
    synchronized (lock) {
      faults = plan;
    }
  }

  void interleaving(Consumer<Fault.Request> other) {
    synchronized (lock) {
      beforeEach = other;
    }
  }

  List<Fault.Request> made() {
    synchronized (lock) {
      return List.copyOf(made);
    }
  }

  void forget() {
    synchronized (lock) {
      made.clear();
    }
  }

  /**
   * Does what is asked, or fails.
   *
   * @param refusal what a failed condition is answered by; empty if the request has none
   */
  <T> T make(Fault.Request request, Supplier<T> work, Optional<T> refusal) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<T> answer = attempt(request, work, refusal);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new StoreException(request.operation() + " " + request.key() + ": conflict");
  }

  /** Others come in before it; empty if it met one of them and is to be made again. */
  private <T> Optional<T> attempt(Fault.Request request, Supplier<T> work, Optional<T> refusal) {
    Consumer<Fault.Request> other;
    synchronized (lock) {
      other = beforeEach;
    }
    other.accept(request);
    synchronized (lock) {
      made.add(request);
      return faults.about(request).answer(request, work, refusal);
    }
  }
}
