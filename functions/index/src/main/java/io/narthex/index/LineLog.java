package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import java.util.Map;

/** One line of JSON for each batch. */
final class LineLog implements IndexLog {
  private final JsonLog log;

  LineLog(JsonLog log) {
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void updated(int paths, boolean isCrowded, long elapsedMs, String requestId) {
    log.line(
        Map.of(),
        json -> {
          json.writeStringField("task", "index");
          json.writeNumberField("paths", paths);
          json.writeBooleanField("isCrowded", isCrowded);
          json.writeNumberField("elapsedMs", elapsedMs);
          json.writeStringField("requestId", requestId);
        });
  }

  @Override
  public void failed(Exception e, String requestId) {
    log.line(
        Map.of(Metric.FAILED, 1.0),
        json -> {
          json.writeStringField("task", "index");
          json.writeStringField("error", e.toString());
          json.writeStringField("requestId", requestId);
        });
  }
}
