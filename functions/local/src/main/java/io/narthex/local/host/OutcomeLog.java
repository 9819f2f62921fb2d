package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.validate.Effort;
import io.narthex.validate.ValidateLog;

/** Counts what was judged and shows it. */
final class OutcomeLog implements ValidateLog {
  private final Tally tally;
  private final OutcomeView view;

  OutcomeLog(Tally tally, OutcomeView view) {
    this.tally = requireNonNull(tally, "tally is null");
    this.view = requireNonNull(view, "view is null");
  }

  @Override
  public void looked(ObjectKey key, Outcome outcome, Effort effort, String requestId) {
    switch (outcome) {
      case Outcome.Judged(var report) -> tally.judged(report.hash(), report.standing());
      case Outcome.Unchanged(var report) -> tally.judged(report.hash(), report.standing());
      case Outcome.NarWithdrawn withdrawn -> {}
      case Outcome.Absent(var hash) -> tally.absent(hash);
      case Outcome.ObjectVerified verified -> {}
      case Outcome.ObjectWaiting waiting -> {}
      case Outcome.ObjectRejected rejected -> {}
      case Outcome.Nothing nothing -> {}
    }
    view.show(outcome, effort.elapsedMs());
  }

  /** Whoever is looked at for it is heard of then. */
  @Override
  public void swept(int keys, String requestId) {}

  @Override
  public void failed(String messageId, Exception e, String requestId) {
    view.showFailure(String.valueOf(e.getMessage()));
  }

  /** Nobody takes snapshots of a host. */
  @Override
  public void notPrimed(String reason) {}
}
