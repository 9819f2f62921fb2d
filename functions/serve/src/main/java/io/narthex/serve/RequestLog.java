package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import io.narthex.cache.read.Answer;
import java.util.Map;

/**
 * Logs one line of JSON for each refused read: a line for every request is in the log of the API
 * already. Never a header or a query.
 */
final class RequestLog implements ServeLog {
  private static final int MAX_PATH = 1024;

  private final JsonLog log;

  RequestLog(JsonLog log) {
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void denied(String method, String rawPath, Answer refusal, String requestId) {
    log.line(
        Map.of(Metric.POLICY_DENIALS, 1.0),
        json -> {
          json.writeStringField("event", "denied");
          json.writeStringField("method", shown(method));
          json.writeStringField("path", shown(rawPath));
          json.writeNumberField("status", Replies.of(refusal).status());
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void policyNotUnderstood(String reason) {
    log.line(
        Map.of(Metric.POLICY_NOT_UNDERSTOOD, 1.0),
        json -> {
          json.writeStringField("event", "policyNotUnderstood");
          json.writeStringField("reason", reason);
        });
  }

  @Override
  public void notPrimed(String reason) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("event", "notPrimed");
          json.writeStringField("reason", reason);
        });
  }

  private static String shown(String text) {
    return text.length() <= MAX_PATH ? text : text.substring(0, MAX_PATH) + "…";
  }
}
