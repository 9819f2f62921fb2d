package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** One lock for each key; keys may share one. A thread holds at most one of them. */
final class KeyLocks {
  private static final int STRIPES = 1024;

  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /** Waits for the lock of a key. */
  Held hold(ObjectName name) {
    ReentrantLock lock = locks[Math.floorMod(name.hashCode(), STRIPES)];
    lock.lock();
    return lock::unlock;
  }

  /** A lock that is held until it is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
