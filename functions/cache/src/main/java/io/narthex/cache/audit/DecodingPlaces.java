package io.narthex.cache.audit;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.nar.NarPassLimits;
import io.narthex.nix.narinfo.NarInfo;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where NARs are decoded: so many at a time, in so much memory. One that has processors to itself
 * takes a second thread, and decodes its blocks side by side.
 */
final class DecodingPlaces {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BUFFERS = 2;

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
    private final NarPass pass;

    private Place(int taken, NarPass pass) {
      this.taken = taken;
      this.pass = pass;
    }

    NarPass pass() {
      return pass;
    }

    @Override
    public void close() {
      asked.decrementAndGet();
      mebibytes.release(taken);
      free.release();
    }
  }

  /** Waits for a place for the archive of a narinfo. */
  Place take(NarInfo narInfo) {
    boolean alone =
        asked.incrementAndGet() * 2 <= Math.max(jobs, Runtime.getRuntime().availableProcessors());
    NarPass pass =
        alone
            ? new NarPass(narInfo.storeDir())
            : new NarPass(narInfo.storeDir(), NarPassLimits.DEFAULT, Long.MAX_VALUE);
    Compression compression = narInfo.compression().orElse(Compression.NONE);
    long most = pass.memory(compression, narInfo.narSize()) / MEBIBYTE + BUFFERS;
    int taken = (int) Math.min(memory, most);
    free.acquireUninterruptibly();
    mebibytes.acquireUninterruptibly(taken);
    return new Place(taken, pass);
  }
}
