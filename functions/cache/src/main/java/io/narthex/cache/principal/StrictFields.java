package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One JSON object being read strictly: every problem is noted with where it is, so that all are
 * said at once; a field that nobody asks for is one.
 */
final class StrictFields {
  private final String where;
  private final JsonNode node;
  private final List<String> problems;
  private final Set<String> asked = new TreeSet<>();

  StrictFields(String where, JsonNode node, List<String> problems) {
    this.where = requireNonNull(where, "where is null");
    this.node = requireNonNull(node, "node is null");
    this.problems = requireNonNull(problems, "problems is null");
    if (!node.isObject()) {
      problem("not an object");
    }
  }

  void problem(String text) {
    problems.add(where.isEmpty() ? text : where + ": " + text);
  }

  private StrictFields at(String field, JsonNode value) {
    return new StrictFields(path(field), value, problems);
  }

  private String path(String field) {
    return where.isEmpty() ? field : where + "." + field;
  }

  /** Ends the reading: what is left over was asked for by nobody. */
  void end() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                problem("unknown field " + name);
              }
            });
  }

  Optional<String> text(String field) {
    asked.add(field);
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      problems.add(path(field) + ": not a string");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  <T> Optional<T> value(String field, Function<String, T> reader) {
    return text(field).flatMap(text -> convert(path(field), text, reader));
  }

  <T> Optional<T> required(String field, Function<String, T> reader) {
    if (!node.has(field)) {
      problem(field + " is missing");
    }
    return value(field, reader);
  }

  /** An array of strings, or one string for an array of one; absent is empty. */
  <T> List<T> values(String field, Function<String, T> reader) {
    asked.add(field);
    return values(path(field), node.path(field), reader);
  }

  private <T> List<T> values(String at, JsonNode value, Function<String, T> reader) {
    if (value.isTextual()) {
      return convert(at, value.textValue(), reader).stream().toList();
    }
    if (!value.isMissingNode() && !value.isArray()) {
      problems.add(at + ": not an array of strings");
    }
    var read = new ArrayList<T>();
    for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
      if (element.isTextual()) {
        read.addAll(convert(at, element.textValue(), reader).stream().toList());
      } else {
        problems.add(at + ": not an array of strings");
      }
    }
    return read;
  }

  /** The objects of an array; absent is empty. */
  List<StrictFields> objects(String field) {
    asked.add(field);
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isArray()) {
      problems.add(path(field) + ": not an array");
      return List.of();
    }
    var objects = new ArrayList<StrictFields>();
    for (JsonNode element : value) {
      objects.add(at(field + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** The members of an object, whatever their names; absent is empty. */
  Map<String, StrictFields> members(String field) {
    Map<String, StrictFields> members = new LinkedHashMap<>();
    fields(field).forEach((name, value) -> members.put(name, at(field + "." + name, value)));
    return members;
  }

  /** The members of an object, each an array of strings or one; absent is empty. */
  <T> Map<String, List<T>> memberValues(String field, Function<String, T> reader) {
    Map<String, List<T>> members = new LinkedHashMap<>();
    fields(field)
        .forEach(
            (name, value) -> {
              List<T> values = values(path(field) + "." + name, value, reader);
              if (values.isEmpty()) {
                problems.add(path(field) + "." + name + ": no string");
              }
              members.put(name, values);
            });
    return members;
  }

  private Map<String, JsonNode> fields(String field) {
    asked.add(field);
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isObject()) {
      problems.add(path(field) + ": not an object");
      return Map.of();
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    value.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    return fields;
  }

  private <T> Optional<T> convert(String at, String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(at + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Makes a value of what was read, unless something was wrong with it before. */
  <T> Optional<T> build(int problemsBefore, Supplier<T> value) {
    end();
    if (problems.size() > problemsBefore) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
