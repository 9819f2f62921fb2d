package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.announce.Announcement;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells others of verdicts, at least once: a new verdict is told, and when a message comes again,
 * for the first time may have stopped before it was told, so is whatever stands.
 */
public final class PathNews {
  private final Announcements announcements;
  private final Function<StorePathHash, Optional<Report>> reports;

  /** News for those. */
  public PathNews(Announcements announcements, Reports reports) {
    this.announcements = requireNonNull(announcements, "announcements is null");
    this.reports = hash -> reports.read(hash).map(Reports.Stored::report);
  }

  /**
   * Tells what there is to tell.
   *
   * @param isRepeat whether the message has come before
   * @throws io.narthex.cache.store.StoreException if it could not be told: the message must come
   *     again
   */
  void tell(List<Outcome> outcomes, boolean isRepeat) {
    List<Announcement> news =
        outcomes.stream()
            .flatMap(outcome -> judged(outcome, isRepeat).stream())
            .flatMap(report -> Announcement.of(report).stream())
            .distinct()
            .toList();
    if (!news.isEmpty()) {
      announcements.tell(news);
    }
  }

  private Optional<Report> judged(Outcome outcome, boolean isRepeat) {
    return switch (outcome) {
      case Outcome.Judged(var report) -> Optional.of(report);
      case Outcome.Unchanged(var report) -> Optional.of(report).filter(r -> isRepeat);
      // What was rejected was taken out.
      case Outcome.Absent(var hash) -> isRepeat ? reports.apply(hash) : Optional.empty();
      case Outcome.NarWithdrawn _,
          Outcome.ObjectVerified _,
          Outcome.ObjectWaiting _,
          Outcome.ObjectRejected _,
          Outcome.Nothing _ ->
          Optional.empty();
    };
  }
}
