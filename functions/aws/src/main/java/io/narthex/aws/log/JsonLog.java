package io.narthex.aws.log;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log of JSON objects, one a line. Where it has a namespace, a line that measures something says
 * so in CloudWatch's embedded metric format, and CloudWatch makes metrics of it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class JsonLog {
  private static final JsonFactory JSON = new JsonFactory();

  private final Consumer<String> lines;
  private final Optional<String> namespace;
  private final InstantSource clock;

  /**
   * A log that goes to this place, line by line.
   *
   * @param namespace of the metrics; empty for lines without any
   */
  public JsonLog(Consumer<String> lines, Optional<String> namespace, InstantSource clock) {
    this.lines = requireNonNull(lines, "lines is null");
    this.namespace = requireNonNull(namespace, "namespace is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Writes a line with what was measured, which may be nothing. */
  public void line(Map<Metric, Double> measured, LogFields fields) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      if (namespace.isPresent() && !measured.isEmpty()) {
        metrics(json, namespace.get(), measured);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.accept(text.toString());
  }

  private void metrics(JsonGenerator json, String name, Map<Metric, Double> measured)
      throws IOException {
    for (var one : measured.entrySet()) {
      json.writeFieldName(one.getKey().label());
      number(json, one.getValue());
    }
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", clock.millis());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", name);
    // One set of no dimensions: without any set there would be no metric.
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (Metric metric : measured.keySet()) {
      json.writeStartObject();
      json.writeStringField("Name", metric.label());
      json.writeStringField("Unit", metric.unit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, double value) throws IOException {
    if (value == Math.rint(value)) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }
}
