package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What keeps waiting from being for ever: old waiting marks have their waiters looked at again,
 * which withdraws those whose grace time is over; marks that nobody waits by any more are taken
 * away.
 */
public final class Sweep {
  private final ObjectStore state;
  private final Reports reports;
  private final Messages messages;
  private final Clock clock;

  public Sweep(ObjectStore state, Messages messages, Clock clock) {
    this.state = requireNonNull(state, "state is null");
    this.reports = new Reports(state);
    this.messages = requireNonNull(messages, "messages is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Goes over all marks once.
   *
   * @param age only marks at least this old
   * @return how many waiters will be looked at
   */
  public int run(Duration age) {
    Instant before = clock.instant().minus(age);
    List<ListPage.Entry> old =
        state.listAll(StateKeys.WAITING).stream()
            .filter(mark -> !mark.lastModified().isAfter(before))
            .toList();
    // Taken away first: a waiter that placed its mark again meanwhile is looked at after that.
    old.stream().map(ListPage.Entry::key).filter(this::isForgotten).forEach(state::delete);
    List<ObjectKey> waiters =
        old.stream().map(mark -> WaitingMarks.waiter(mark.key())).distinct().toList();
    if (!waiters.isEmpty()) {
      messages.lookAt(waiters);
    }
    return waiters.size();
  }

  /**
   * A path that does not wait, or has moved on to another need, left its mark behind in a crash.
   */
  private boolean isForgotten(ObjectKey mark) {
    ObjectKey waiter = WaitingMarks.waiter(mark);
    Optional<CachePath> path = CachePath.parse(waiter.value());
    return path.isPresent()
        && path.get() instanceof NarInfoPath(var hash)
        && reports
            .read(hash)
            .map(Reports.Stored::report)
            .filter(report -> !isWaitingBy(report, waiter, mark))
            .isPresent();
  }

  private static boolean isWaitingBy(Report report, ObjectKey waiter, ObjectKey mark) {
    return report.standing() == Standing.WAITING
        && report.need().map(need -> StateKeys.waiting(need, waiter)).equals(Optional.of(mark));
  }
}
