package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import io.narthex.cache.login.Issuance;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.read.Denial;
import java.util.Map;

/**
 * Logs one line of JSON for each refused read: a line for every request is in the log of the API
 * already. Never a header, a query, or a credential.
 */
public final class RequestLog implements ServeLog {
  private final JsonLog log;

  /** Writes to this log. */
  public RequestLog(JsonLog log) {
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void denied(Denial denial, int status, String requestId) {
    log.line(
        Map.of(Metric.POLICY_DENIALS, 1.0),
        json -> {
          json.writeStringField("event", "denied");
          json.writeStringField("principal", denial.principal());
          json.writeStringField("action", denial.action());
          json.writeStringField("key", denial.key().value());
          json.writeStringField("decision", denial.kind().name());
          json.writeFieldName("statement");
          if (denial.sid().isPresent()) {
            json.writeString(denial.sid().get());
          } else {
            json.writeNull();
          }
          json.writeNumberField("status", status);
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void unauthenticated(Refused refused, String requestId) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("event", "unauthenticated");
          json.writeStringField("reason", refused.reason());
          json.writeNumberField("status", 401);
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void issuance(String path, Issuance issuance, String requestId) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("event", "token");
          json.writeStringField("path", path);
          for (Map.Entry<String, String> field : fields(issuance).entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
          json.writeStringField("requestId", requestId);
        });
  }

  private static Map<String, String> fields(Issuance issuance) {
    return switch (issuance) {
      case Issuance.Issued(var issued) ->
          Map.of(
              "issued", issued.token().id().value(),
              "principal", PrincipalText.of(issued.token().principal()));
      case Issuance.Malformed(var reason) -> Map.of("malformed", reason);
      case Issuance.Unproven(_, var detail) -> Map.of("unproven", detail);
      case Issuance.Refused(var reason) -> Map.of("refused", reason);
    };
  }

  @Override
  public void stsUnavailable(String reason, String requestId) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("event", "stsUnavailable");
          json.writeStringField("reason", reason);
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
}
