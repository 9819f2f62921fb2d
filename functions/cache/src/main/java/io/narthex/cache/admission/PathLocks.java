package io.narthex.cache.admission;

import io.narthex.nix.path.StorePathHash;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One look at a store path at a time within this process, so that its NAR is not read twice by two
 * events at once. Nothing depends on it: other processes look without it.
 */
final class PathLocks {
  private static final int STRIPES = 256;

  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

  <T> T locking(StorePathHash hash, Supplier<T> work) {
    Lock lock = stripes[Math.floorMod(hash.hashCode(), STRIPES)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
