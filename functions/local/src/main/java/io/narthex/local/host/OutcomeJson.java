package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.validate.Effort;
import io.narthex.validate.RecordLog;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;

/** One JSON object a line, with the field names of the function's own log. */
public final class OutcomeJson implements OutcomeView {
  private final PrintStream out;
  private final RecordLog log;

  public OutcomeJson(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
    this.log = new RecordLog(new JsonLog(this::print, Optional.empty(), Clock.systemUTC()));
  }

  @Override
  public void show(Outcome outcome, long elapsedMs) {
    var effort = new Effort(elapsedMs, 0);
    switch (outcome) {
      case Outcome.Judged(var report) ->
          log.looked(new ObjectKey(report.hash() + ".narinfo"), outcome, effort, "");
      case Outcome.NarWithdrawn(var withdrawal) ->
          log.looked(withdrawal.key(), outcome, effort, "");
      case Outcome.ObjectRejected(var key, var findings) -> log.looked(key, outcome, effort, "");
      case Outcome.ObjectWaiting(var key, var finding) -> log.looked(key, outcome, effort, "");
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
