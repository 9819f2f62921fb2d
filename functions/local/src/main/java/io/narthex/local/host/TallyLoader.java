package io.narthex.local.host;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;

/** Reads all reports once, beside other work, so that the count begins where it ended. */
final class TallyLoader implements AutoCloseable {
  private final Thread thread;

  private TallyLoader(Thread thread) {
    this.thread = thread;
  }

  static TallyLoader start(ObjectStore state, Tally tally) {
    return new TallyLoader(
        Thread.ofPlatform().daemon().name("tally").start(() -> load(state, tally)));
  }

  private static void load(ObjectStore state, Tally tally) {
    try {
      var reports = new Reports(state);
      for (ListPage.Entry entry : state.listAll(StateKeys.REPORTS)) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        String name = StateKeys.lastSegment(entry.key());
        if (name.length() > StorePathHash.LENGTH) {
          reports
              .read(new StorePathHash(name.substring(0, StorePathHash.LENGTH)))
              .map(Reports.Stored::report)
              .ifPresent(report -> remember(report, tally));
        }
      }
    } catch (StoreException e) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      System.getLogger("narthex").log(System.Logger.Level.WARNING, "counting the reports", e);
    }
  }

  private static void remember(Report report, Tally tally) {
    tally.remembered(report.hash(), report.standing());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
