package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;
import io.narthex.cache.store.ObjectKey;
import io.narthex.serve.RequestLog;
import io.narthex.validate.Effort;
import io.narthex.validate.RecordLog;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;

/** One JSON object a line, with the field names of the functions' own logs. */
public final class OutcomeJson implements OutcomeView {
  private final PrintStream out;
  private final RecordLog log;
  private final RequestLog requests;

  public OutcomeJson(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
    var lines = new JsonLog(this::print, Optional.empty(), Clock.systemUTC());
    this.log = new RecordLog(lines);
    this.requests = new RequestLog(lines);
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

  @Override
  public void showDenied(Denial denial, int status, String requestId) {
    requests.denied(denial, status, requestId);
  }

  @Override
  public void showUnauthenticated(Refused refused, String requestId) {
    requests.unauthenticated(refused, requestId);
  }

  private synchronized void print(String line) {
    out.println(line);
    out.flush();
  }
}
