package io.narthex.cache.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One JSON object being read: required and optional fields by name. Unknown fields are passed over,
 * so that an older function reads what a newer one wrote.
 */
public final class JsonDocument {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode node;

  private JsonDocument(JsonNode node) {
    this.node = requireNonNull(node, "node is null");
  }

  /** Reads a value of one type from its text; says in an IllegalArgumentException why it cannot. */
  @FunctionalInterface
  public interface FieldReader<T> {
    T read(String text);
  }

  /** Reads a value of one type from a nested object. */
  @FunctionalInterface
  public interface ObjectReader<T> {
    T read(JsonDocument document) throws MalformedJsonException;
  }

  /** Reads a time, e.g. {@code 2026-11-29T05:00:00Z}. */
  public static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time: " + text, e);
    }
  }

  /** An empty object to be filled and written. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The UTF-8 bytes of an object, indented for people, with a final newline. */
  public static byte[] write(ObjectNode object) {
    var bytes = new ByteArrayOutputStream();
    try {
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(bytes, object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** Reads a document whose top is an object. */
  public static JsonDocument parse(byte[] json) throws MalformedJsonException {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || !node.isObject()) {
        throw new MalformedJsonException("not a JSON object");
      }
      return new JsonDocument(node);
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON: " + e.getMessage(), e);
    }
  }

  /** A required string. */
  public String text(String field) throws MalformedJsonException {
    return text(field, Function.<String>identity()::apply);
  }

  /** A required string, as a value of one type. */
  public <T> T text(String field, FieldReader<T> reader) throws MalformedJsonException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new MalformedJsonException(field + ": a string is missing");
    }
    return convert(field, value.textValue(), reader);
  }

  /** A string that may be absent. */
  public <T> Optional<T> optionalText(String field, FieldReader<T> reader)
      throws MalformedJsonException {
    return has(field) ? Optional.of(text(field, reader)) : Optional.empty();
  }

  /** A required integer. */
  public long number(String field) throws MalformedJsonException {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedJsonException(field + ": an integer is missing");
    }
    return value.longValue();
  }

  /** A required boolean. */
  public boolean flag(String field) throws MalformedJsonException {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw new MalformedJsonException(field + ": true or false is missing");
    }
    return value.booleanValue();
  }

  /** A required nested object. */
  public <T> T object(String field, ObjectReader<T> reader) throws MalformedJsonException {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw new MalformedJsonException(field + ": an object is missing");
    }
    return reader.read(new JsonDocument(value));
  }

  /** A nested object that may be absent. */
  public <T> Optional<T> optionalObject(String field, ObjectReader<T> reader)
      throws MalformedJsonException {
    return has(field) ? Optional.of(object(field, reader)) : Optional.empty();
  }

  /** An array of strings; absent is empty. */
  public <T> List<T> texts(String field, FieldReader<T> reader) throws MalformedJsonException {
    var values = new ArrayList<T>();
    for (JsonNode value : array(field)) {
      if (!value.isTextual()) {
        throw new MalformedJsonException(field + ": not an array of strings");
      }
      values.add(convert(field, value.textValue(), reader));
    }
    return values;
  }

  /**
   * The texts, numbers and booleans of a field, one or an array of them; what else is there not.
   */
  public List<String> scalars(String field) {
    JsonNode value = node.path(field);
    var values = new ArrayList<String>();
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      if (element.isValueNode() && !element.isNull()) {
        values.add(element.asText());
      }
    }
    return values;
  }

  /** An array of objects; absent is empty. */
  public <T> List<T> objects(String field, ObjectReader<T> reader) throws MalformedJsonException {
    var values = new ArrayList<T>();
    for (JsonNode value : array(field)) {
      if (!value.isObject()) {
        throw new MalformedJsonException(field + ": not an array of objects");
      }
      values.add(reader.read(new JsonDocument(value)));
    }
    return values;
  }

  /** The names of all fields, in their order. */
  public List<String> fields() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  private Iterable<JsonNode> array(String field) throws MalformedJsonException {
    if (has(field) && !node.path(field).isArray()) {
      throw new MalformedJsonException(field + ": not an array");
    }
    return node.path(field);
  }

  private static <T> T convert(String field, String text, FieldReader<T> reader)
      throws MalformedJsonException {
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException(field + ": " + e.getMessage(), e);
    }
  }
}
