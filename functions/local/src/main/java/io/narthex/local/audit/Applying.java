package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.AuditedVerdicts;
import io.narthex.cache.audit.Judged;
import io.narthex.cache.store.StoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes the verdicts of an audit while it runs, many at a time, and those that share a NAR one
 * after the other. What could not be written is told of, and is not written.
 */
public final class Applying implements Consumer<Judged>, AutoCloseable {
  private static final int AT_ONCE = 32;
  private static final int LOCKS = 256;

  private final AuditedVerdicts verdicts;
  private final Consumer<String> problems;
  private final Semaphore places = new Semaphore(2 * AT_ONCE);
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Object[] locks = new Object[LOCKS];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /**
   * @param problems is told of each path whose verdict is not written, and why
   */
  public Applying(AuditedVerdicts verdicts, Consumer<String> problems) {
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.problems = requireNonNull(problems, "problems is null");
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  @Override
  public void accept(Judged judged) {
    if (AuditedVerdicts.of(judged).isPresent()) {
      places.acquireUninterruptibly();
      threads.execute(
          () -> {
            try {
              write(judged);
            } finally {
              places.release();
            }
          });
    }
  }

  private void write(Judged judged) {
    int lock = Math.floorMod(judged.nar().hashCode(), LOCKS);
    try {
      synchronized (locks[lock]) {
        switch (verdicts.write(judged)) {
          case DONE -> written.incrementAndGet();
          case GONE -> fail(judged, "it has changed since it was read");
          case HIDDEN -> say(judged, "the cache itself hides it; narthex why says why");
        }
      }
    } catch (StoreException e) {
      fail(judged, String.valueOf(e.getMessage()));
    }
  }

  private void fail(Judged judged, String why) {
    failed.incrementAndGet();
    say(judged, why);
  }

  private void say(Judged judged, String why) {
    problems.accept(judged.path().hash() + ".narinfo: its verdict was not written: " + why);
  }

  /** How many verdicts were written. */
  public long written() {
    return written.get();
  }

  /** How many could not be. */
  public long failed() {
    return failed.get();
  }

  /** Waits until all are written. */
  @Override
  public void close() {
    threads.close();
  }
}
