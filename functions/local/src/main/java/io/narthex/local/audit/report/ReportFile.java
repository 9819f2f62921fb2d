package io.narthex.local.audit.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A {@code report.json}, read as a stream each time: its sums fit into memory, its paths need not.
 */
final class ReportFile {
  private static final String PATHS = "paths";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;

  ReportFile(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /** All fields but {@code paths}. */
  JsonNode sums() throws IOException {
    ObjectNode sums = MAPPER.createObjectNode();
    try (JsonParser json = open()) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals(PATHS)) {
          json.skipChildren();
        } else {
          sums.set(field, json.readValueAsTree());
        }
      }
    }
    return sums;
  }

  /**
   * Shows paths, in the order of the file.
   *
   * @param reader is given one path after the other until it says that it has enough
   */
  void paths(Predicate<JsonNode> reader) throws IOException {
    try (JsonParser json = open()) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals(PATHS)) {
          read(json, reader);
          return;
        }
        json.skipChildren();
      }
    }
  }

  private static void read(JsonParser json, Predicate<JsonNode> reader) throws IOException {
    boolean more = true;
    while (more && json.nextToken() == JsonToken.START_OBJECT) {
      more = reader.test(json.readValueAsTree());
    }
  }

  private JsonParser open() throws IOException {
    JsonParser json = MAPPER.createParser(file.toFile());
    if (json.nextToken() != JsonToken.START_OBJECT) {
      json.close();
      throw new IOException(file + " is not the report of an audit");
    }
    return json;
  }
}
