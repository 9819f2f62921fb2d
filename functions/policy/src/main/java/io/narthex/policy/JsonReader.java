package io.narthex.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object, strictly: nothing after it, no name twice in an object, no null, and no
 * deeper than the policy language goes.
 */
final class JsonReader {
  /**
   * Document, Statement array, Statement, Condition, operator, key's array: six; with some grace.
   */
  private static final int MAX_DEPTH = 10;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // The names are the sender's: they must not fill a table that outlives the document.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private JsonReader() {}

  static Json.Members read(String json) throws MalformedPolicyException {
    if (!json.startsWith("{")) {
      throw new MalformedPolicyException(
          "Policies must be valid JSON and the first byte must be '{'", "");
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      Json.Members document = members(parser);
      if (parser.nextToken() != null) {
        throw invalid();
      }
      return document;
    } catch (IOException e) {
      throw invalid();
    }
  }

  private static Json value(JsonParser parser) throws IOException, MalformedPolicyException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new Json.Word(parser.getText());
      case VALUE_NULL -> throw new MalformedPolicyException("Invalid policy syntax", "null");
      case null, default -> throw invalid();
    };
  }

  private static Json.Members members(JsonParser parser)
      throws IOException, MalformedPolicyException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Json.Members(members);
  }

  private static Json.Items items(JsonParser parser) throws IOException, MalformedPolicyException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Json.Items(items);
  }

  private static MalformedPolicyException invalid() {
    return new MalformedPolicyException("This policy contains invalid Json", "");
  }
}
