package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.aws.json.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The fields of an event of CloudFormation, at most 1 MB. It is read as a whole before any field is
 * asked for: where to answer must be found also if the rest is wrong.
 */
final class EventFields {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode fields;

  private EventFields(JsonNode fields) {
    this.fields = requireNonNull(fields, "fields is null");
  }

  /**
   * Reads an event.
   *
   * @throws MalformedEventException if it is not one JSON object
   */
  static EventFields read(InputStream event) throws IOException, MalformedEventException {
    try {
      JsonNode root = JSON.readTree(event);
      if (root == null || !root.isObject()) {
        throw new MalformedEventException("the event is not a JSON object");
      }
      return new EventFields(root);
    } catch (JacksonException e) {
      throw new MalformedEventException("the event is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** A field that must be there and hold text. */
  String text(String name) throws MalformedEventException {
    return optionalText(name)
        .orElseThrow(() -> new MalformedEventException(name + " is missing or not a text"));
  }

  /** A field that holds text, if it does. */
  Optional<String> optionalText(String name) {
    return Optional.ofNullable(fields.get(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  /**
   * The texts of an object, by name. CloudFormation makes a text of every scalar; a list is joined
   * by commas, as its parameter was written.
   *
   * @throws MalformedEventException if it is no object, or a value is nested deeper
   */
  Map<String, String> texts(String name) throws MalformedEventException {
    JsonNode object = fields.get(name);
    if (object == null || !object.isObject()) {
      throw new MalformedEventException(name + " is missing or not an object");
    }
    var texts = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      texts.put(field.getKey(), text(name + "." + field.getKey(), field.getValue()));
    }
    return texts;
  }

  private static String text(String name, JsonNode value) throws MalformedEventException {
    if (value.isValueNode() && !value.isNull()) {
      return value.asText();
    }
    if (!value.isArray()
        || !StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
      throw new MalformedEventException(name + " is neither a text nor a list of texts");
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }
}
