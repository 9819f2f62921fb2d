package io.narthex.local.cli.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one line of a batch. A policy stays text: most are met again. */
final class BatchReader {
  private final String line;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> context = new HashMap<>();
  private final List<String> identityPolicies = new ArrayList<>();
  private String id = "null";
  private boolean isIdText;

  BatchReader(String line) {
    this.line = line;
  }

  /** The line's id as far as the line was read: a string, or the JSON of another scalar. */
  String id() {
    return id;
  }

  boolean isIdText() {
    return isIdText;
  }

  BatchLine read() throws BadLineException {
    try (JsonParser parser = Output.JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadLineException("not a JSON object");
      }
      Set<String> seen = new HashSet<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (!seen.add(name)) {
          throw new BadLineException("twice: " + name);
        }
        parser.nextToken();
        member(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new BadLineException("more than one JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new BadLineException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadLineException("not JSON");
    }
    return line();
  }

  private BatchLine line() throws BadLineException {
    return new BatchLine(
        Optional.ofNullable(texts.get("policy")),
        identityPolicies,
        Optional.ofNullable(texts.get("principal")),
        required("account"),
        required("action"),
        required("resource"),
        context);
  }

  private String required(String name) throws BadLineException {
    String text = texts.get(name);
    if (text == null) {
      throw new BadLineException("no " + name);
    }
    return text;
  }

  private void member(String name, JsonParser parser) throws IOException, BadLineException {
    switch (name) {
      case "id" -> id(parser);
      case "policy" -> policy(parser).ifPresent(text -> texts.put(name, text));
      case "identityPolicies" -> identityPolicies(parser);
      case "principal", "account", "action", "resource" -> {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          throw new BadLineException("not a string: " + name);
        }
      }
      case "context" -> context(parser);
      default -> throw new BadLineException("unknown member " + name);
    }
  }

  private void id(JsonParser parser) throws IOException, BadLineException {
    if (!parser.currentToken().isScalarValue()) {
      throw new BadLineException("the id is not a scalar");
    }
    id = parser.getText();
    isIdText = parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /** The text of an object, or of a string that holds one. */
  private Optional<String> policy(JsonParser parser) throws IOException, BadLineException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT -> {
        int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        parser.skipChildren();
        int to = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        yield Optional.of(line.substring(from, to + 1));
      }
      case null, default -> throw new BadLineException("not a policy");
    };
  }

  private void identityPolicies(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadLineException("identityPolicies is not an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      identityPolicies.add(identityPolicy(parser));
    }
  }

  private String identityPolicy(JsonParser parser) throws IOException, BadLineException {
    Optional<String> policy = Optional.empty();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadLineException("identityPolicies holds what is no object");
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!seen.add(name)) {
        throw new BadLineException("twice: " + name);
      } else if (name.equals("policy")) {
        policy = policy(parser);
      } else if (!name.equals("name")) {
        throw new BadLineException("unknown member " + name + " of an identity policy");
      } else {
        parser.skipChildren();
      }
    }
    return policy.orElseThrow(() -> new BadLineException("an identity policy without policy"));
  }

  private void context(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadLineException("context is not an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (context.put(key, values(parser)) != null) {
        throw new BadLineException("twice: " + key);
      }
    }
  }

  private static List<String> values(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return List.of(value(parser));
    }
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static String value(JsonParser parser) throws IOException, BadLineException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          parser.getText();
      case null, default ->
          throw new BadLineException("a value of the context is not a string, number or boolean");
    };
  }
}
