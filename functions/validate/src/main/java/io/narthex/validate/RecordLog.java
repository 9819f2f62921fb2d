package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.Finding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Logs one line of JSON for each thing looked at, always with the same field names. */
public final class RecordLog implements ValidateLog {
  /** A metric is lost when its line is larger than CloudWatch takes; the report has them all. */
  private static final int MAX_FINDINGS = 20;

  private final JsonLog log;

  /** Lines for this log. */
  public RecordLog(JsonLog log) {
    this.log = requireNonNull(log, "log is null");
  }

  /**
   * The function has started.
   *
   * @param xzDecoder what decodes xz, e.g. {@code liblzma 5.8.4}: verifying takes as long as it
   *     does
   */
  public void started(String xzDecoder) {
    log.line(Map.of(), json -> json.writeStringField("xzDecoder", xzDecoder));
  }

  @Override
  public void looked(ObjectKey key, Outcome outcome, Effort effort, String requestId) {
    Ruled ruled = Ruled.of(outcome);
    log.line(
        Measured.of(outcome, effort),
        json -> {
          json.writeStringField("key", key.value());
          optional(json, "versionId", ruled.versionId());
          optional(json, "storePath", ruled.storePath());
          json.writeStringField("verdict", ruled.verdict());
          json.writeArrayFieldStart("findings");
          for (Finding finding : ruled.findings().stream().limit(MAX_FINDINGS).toList()) {
            write(json, finding);
          }
          json.writeEndArray();
          json.writeNumberField("elapsedMs", effort.elapsedMs());
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void swept(int keys, String requestId) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("task", "sweep");
          json.writeNumberField("keys", keys);
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void failed(String messageId, Exception e, String requestId) {
    log.line(
        Map.of(Metric.FAILED, 1.0),
        json -> {
          json.writeStringField("messageId", messageId);
          json.writeStringField("error", e.toString());
          json.writeStringField("requestId", requestId);
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

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("check", finding.check().toString());
    json.writeStringField("field", finding.field());
    json.writeStringField("expected", finding.expected());
    json.writeStringField("actual", finding.actual());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
