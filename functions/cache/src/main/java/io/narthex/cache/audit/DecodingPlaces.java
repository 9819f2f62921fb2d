package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.nar.NarPass;
import io.narthex.nix.nar.NarPassLimits;
import io.narthex.nix.path.StoreDir;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where NARs are decoded: so many at a time, in so much memory. One that has processors to itself
 * takes a second thread, and decodes its blocks side by side.
 */
final class DecodingPlaces {
  private static final int MEBIBYTE = 1 << 20;

  /** The largest window of any codec, and the buffers. */
  private static final int MOST = 132;

  private final int jobs;
  private final int memory;
  private final Semaphore free;
  private final Semaphore mebibytes;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * @param maxMemory bytes that all of them may take; one is decoded whatever it is
   */
  DecodingPlaces(int jobs, long maxMemory) {
    this.jobs = jobs;
    this.memory = Math.clamp(maxMemory / MEBIBYTE, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(jobs, true);
    this.mebibytes = new Semaphore(memory, true);
  }

  /** A place, until it is closed. */
  final class Place implements AutoCloseable {
    private final int taken;
    private final boolean alone;

    private Place(int taken, boolean alone) {
      this.taken = taken;
      this.alone = alone;
    }

    NarPass pass(StoreDir storeDir) {
      requireNonNull(storeDir, "storeDir is null");
      return alone
          ? new NarPass(storeDir)
          : new NarPass(storeDir, NarPassLimits.DEFAULT, Long.MAX_VALUE);
    }

    @Override
    public void close() {
      asked.decrementAndGet();
      mebibytes.release(taken);
      free.release();
    }
  }

  /** Waits for a place for an archive of so many bytes: a decoder keeps no more than that. */
  Place take(long narSize) {
    boolean alone =
        asked.incrementAndGet() * 2 <= Math.max(jobs, Runtime.getRuntime().availableProcessors());
    int taken = (int) Math.min(memory, Math.min(MOST, narSize / MEBIBYTE + 2));
    free.acquireUninterruptibly();
    mebibytes.acquireUninterruptibly(taken);
    return new Place(taken, alone);
  }
}
