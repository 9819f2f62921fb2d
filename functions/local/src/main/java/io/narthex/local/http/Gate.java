package io.narthex.local.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many in at once, and so many more wait for a while. Who waits, goes in by turn. */
final class Gate {
  private final Semaphore room;
  private final Semaphore inside;
  private final Duration patience;

  Gate(int concurrency, int queue, Duration patience) {
    this.inside = new Semaphore(concurrency, true);
    this.room = new Semaphore(concurrency + queue);
    this.patience = patience;
  }

  /** Whether the caller is in and must {@link #leave}; false when the queue is full or slow. */
  boolean enter() throws InterruptedException {
    if (!room.tryAcquire()) {
      return false;
    }
    boolean in = false;
    try {
      in = inside.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      return in;
    } finally {
      if (!in) {
        room.release();
      }
    }
  }

  void leave() {
    inside.release();
    room.release();
  }
}
