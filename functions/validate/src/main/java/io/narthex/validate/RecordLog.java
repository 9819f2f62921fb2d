package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Logs one line of JSON for each thing looked at, always with the same field names. */
public final class RecordLog implements ValidateLog {
  private static final JsonFactory JSON = new JsonFactory();

  private final Consumer<String> lines;

  /** A log that goes to this place, line by line. */
  public RecordLog(Consumer<String> lines) {
    this.lines = requireNonNull(lines, "lines is null");
  }

  @Override
  public void looked(ObjectKey key, Outcome outcome, long elapsedMs, String requestId) {
    lines.accept(line(key, outcome, elapsedMs, requestId));
  }

  @Override
  public void swept(int keys, String requestId) {
    lines.accept(
        object(
            json -> {
              json.writeStringField("task", "sweep");
              json.writeNumberField("keys", keys);
              json.writeStringField("requestId", requestId);
            }));
  }

  @Override
  public void failed(String messageId, Exception e, String requestId) {
    lines.accept(failure(messageId, requestId, e));
  }

  /** Writes the fields of one line. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static String line(ObjectKey key, Outcome outcome, long elapsedMs, String requestId) {
    Ruled ruled = Ruled.of(outcome);
    return object(
        json -> {
          json.writeStringField("key", key.value());
          optional(json, "versionId", ruled.versionId());
          optional(json, "storePath", ruled.storePath());
          json.writeStringField("verdict", ruled.verdict());
          json.writeArrayFieldStart("findings");
          for (Finding finding : ruled.findings()) {
            write(json, finding);
          }
          json.writeEndArray();
          json.writeNumberField("elapsedMs", elapsedMs);
          json.writeStringField("requestId", requestId);
        });
  }

  static String failure(String messageId, String requestId, Exception e) {
    return object(
        json -> {
          json.writeStringField("messageId", messageId);
          json.writeStringField("error", e.toString());
          json.writeStringField("requestId", requestId);
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

  private static String object(Fields fields) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
