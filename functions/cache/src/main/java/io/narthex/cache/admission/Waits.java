package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;

/** How paths wait: by a mark, placed before the last look at the thing and removed after it. */
final class Waits {
  private final VersionedStore cache;
  private final WaitingMarks marks;
  private final Reports reports;
  private final AdmittedPaths admitted;

  Waits(VersionedStore cache, WaitingMarks marks, Reports reports, AdmittedPaths admitted) {
    this.cache = requireNonNull(cache, "cache is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.reports = requireNonNull(reports, "reports is null");
    this.admitted = requireNonNull(admitted, "admitted is null");
  }

  void begin(Need need, ObjectKey waiter) {
    marks.place(need, waiter);
  }

  /**
   * Ends a wait. Somebody else may have looked at the path meanwhile and have it wait for the same
   * thing again, by the mark that we take away: then its report says so, for that is written before
   * the mark is placed, and the mark is put back.
   */
  void end(Need need, StorePathHash hash, ObjectKey waiter) {
    marks.remove(need, waiter);
    boolean waitsAgain =
        reports
            .read(hash)
            .map(Reports.Stored::report)
            .flatMap(Report::need)
            .equals(Optional.of(need));
    if (waitsAgain) {
      marks.place(need, waiter);
    }
  }

  /** Whether the thing is there now. */
  boolean hasCome(Need need) {
    return switch (need) {
      case Need.ForNar(var nar) -> cache.tags(nar.key()).isPresent();
      case Need.ForPath(var path) -> admitted.contains(path);
      case Need.ForSignature signature -> false;
      case Need.ForAudit(var hash) ->
          reports.read(hash).map(Reports.Stored::report).filter(Report::isNarRead).isPresent();
    };
  }

  /** Who waits for a path: keys of the cache bucket. */
  List<ObjectKey> waiters(StorePath path) {
    return marks.waiters(new Need.ForPath(path));
  }
}
