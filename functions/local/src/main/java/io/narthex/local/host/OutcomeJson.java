package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.validate.RecordLog;
import java.io.PrintStream;

/** One JSON object a line, with the field names of the function's own log. */
public final class OutcomeJson implements OutcomeView {
  private final PrintStream out;
  private final RecordLog log;

  public OutcomeJson(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
    this.log = new RecordLog(this::print);
  }

  @Override
  public void show(Outcome outcome, long elapsedMs) {
    switch (outcome) {
      case Outcome.Judged(var report) ->
          log.looked(new ObjectKey(report.hash() + ".narinfo"), outcome, elapsedMs, "");
      case Outcome.NarWithdrawn(var withdrawal) ->
          log.looked(withdrawal.key(), outcome, elapsedMs, "");
      case Outcome.ObjectRejected(var key, var findings) -> log.looked(key, outcome, elapsedMs, "");
      case Outcome.ObjectWaiting(var key, var finding) -> log.looked(key, outcome, elapsedMs, "");
      case Outcome.Unchanged unchanged -> {}
      case Outcome.Absent absent -> {}
      case Outcome.ObjectVerified verified -> {}
      case Outcome.Nothing nothing -> {}
    }
  }

  @Override
  public void showFailure(String reason) {
    log.failed("", new IllegalStateException(reason), "");
  }

  private synchronized void print(String line) {
    out.println(line);
    out.flush();
  }
}
