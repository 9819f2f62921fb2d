package io.narthex.cache.operate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Counts by reading reports, a request each, so that the count has a bound. Reports lie by the
 * hashes of their paths, which are even: the first of them are a fair sample of all.
 */
public final class ReportCount {
  /** Requests at a time: they take tens of milliseconds each on S3. */
  private static final int AT_ONCE = 16;

  private final ObjectStore state;
  private final Reports reports;

  public ReportCount(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
    this.reports = new Reports(state);
  }

  /**
   * Counts the first reports.
   *
   * @param most how many to read at most, 1 or more
   */
  public StandingCounts count(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one report is counted");
    }
    var standings = new ArrayList<Standing>();
    Optional<ObjectKey> after = Optional.empty();
    int left = most;
    ListPage page;
    do {
      page = state.list(StateKeys.REPORTS, after, left);
      standings.addAll(standings(page));
      after = page.entries().isEmpty() ? after : Optional.of(page.entries().getLast().key());
      left -= page.entries().size();
    } while (page.more() && left > 0);
    return StandingCounts.of(standings, !page.more());
  }

  private List<Standing> standings(ListPage page) {
    return page.entries().stream()
        .map(ListPage.Entry::key)
        .flatMap(key -> hash(key).stream())
        .gather(Gatherers.mapConcurrent(AT_ONCE, reports::read))
        .flatMap(Optional::stream)
        .map(Reports.Stored::report)
        .map(Report::standing)
        .toList();
  }

  private static Optional<StorePathHash> hash(ObjectKey report) {
    String name = StateKeys.lastSegment(report);
    return Optional.of(name.substring(0, Math.min(name.length(), StorePathHash.LENGTH)))
        .filter(StorePathHash::isValid)
        .map(StorePathHash::new);
  }
}
