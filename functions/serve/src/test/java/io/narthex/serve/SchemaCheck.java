package io.narthex.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds values to the schemas of one document, with as much of JSON Schema as that uses; whatever
 * else it says fails.
 */
final class SchemaCheck {
  private static final Set<String> SAYS_NOTHING = Set.of("description", "properties");

  private final Object document;
  private final List<String> faults = new ArrayList<>();

  SchemaCheck(Object document) {
    this.document = document;
  }

  /** What is wrong with a value. */
  static List<String> faults(Object document, Object schema, Object value) {
    var check = new SchemaCheck(document);
    check.check(schema, value, "$");
    return check.faults;
  }

  private void check(Object schema, Object value, String where) {
    Map<String, Object> keywords = Json.map(schema);
    keywords.forEach((keyword, says) -> check(keywords, keyword, says, value, where));
  }

  private void check(
      Map<String, Object> schema, String keyword, Object says, Object value, String where) {
    switch (keyword) {
      case "$ref" -> check(Json.at(document, path((String) says)), value, where);
      case "type" -> require(isA((String) says, value), where, "is no " + says);
      case "enum" -> require(((List<?>) says).contains(value), where, "is none of " + says);
      case "pattern" -> require(((String) value).matches((String) says), where, "is not " + says);
      case "format" -> require(isTime(value), where, "is no time");
      case "minimum" -> require((long) value >= (long) says, where, "is below " + says);
      case "maxItems" -> require(((List<?>) value).size() <= (long) says, where, "is too long");
      case "items" -> items(says, value, where);
      case "required" -> ((List<?>) says).forEach(name -> required(value, name, where));
      case "additionalProperties" -> fields(schema, says, value, where);
      default -> require(SAYS_NOTHING.contains(keyword), where, "cannot be held to " + keyword);
    }
  }

  private static String[] path(String ref) {
    return ref.substring("#/".length()).split("/", -1);
  }

  private void require(boolean isSo, String where, String fault) {
    if (!isSo) {
      faults.add(where + " " + fault);
    }
  }

  private static boolean isA(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      case "boolean" -> value instanceof Boolean;
      default -> throw new AssertionError("no type that is checked: " + type);
    };
  }

  private static boolean isTime(Object value) {
    return Instant.parse((String) value).isAfter(Instant.EPOCH);
  }

  private void items(Object schema, Object value, String where) {
    for (Object item : (List<?>) value) {
      check(schema, item, where + "[]");
    }
  }

  private void required(Object value, Object name, String where) {
    require(((Map<?, ?>) value).containsKey(name), where, "has no " + name);
  }

  /** Each field by its own schema, or by that of the others. */
  private void fields(Map<String, Object> schema, Object others, Object value, String where) {
    Map<String, Object> known = Json.map(schema.getOrDefault("properties", Map.of()));
    Json.map(value)
        .forEach(
            (name, field) -> {
              if (known.containsKey(name)) {
                check(known.get(name), field, where + "." + name);
              } else if (others instanceof Map) {
                check(others, field, where + "." + name);
              } else {
                require((boolean) others, where, "has an unknown " + name);
              }
            });
  }
}
