package io.narthex.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON value and where it stands.
 *
 * @param path e.g. {@code Statement[2].Principal}
 */
record JsonElement(Json value, String path) {

  /** The member with this name, if this object has it. */
  Optional<JsonElement> member(String name) throws MalformedPolicyException {
    return Optional.ofNullable(members().get(name)).map(json -> child(name, json));
  }

  JsonElement required(String name) throws MalformedPolicyException {
    Optional<JsonElement> member = member(name);
    return member.orElseThrow(() -> malformed("Missing required field " + name));
  }

  /** The members of this object by name, in the order of the document. */
  Map<String, JsonElement> children() throws MalformedPolicyException {
    Map<String, JsonElement> children = new LinkedHashMap<>();
    members().forEach((name, json) -> children.put(name, child(name, json)));
    return children;
  }

  /** Refuses an object with other members than these. */
  void requireOnly(Set<String> names) throws MalformedPolicyException {
    for (Map.Entry<String, JsonElement> child : children().entrySet()) {
      if (!names.contains(child.getKey())) {
        throw child.getValue().malformed("Invalid policy syntax");
      }
    }
  }

  /** The items of this array, or this single value. */
  List<JsonElement> items() {
    if (!(value instanceof Json.Items array)) {
      return List.of(this);
    }
    List<JsonElement> items = new ArrayList<>();
    for (Json item : array.items()) {
      items.add(new JsonElement(item, path + "[" + items.size() + "]"));
    }
    return items;
  }

  /** This string; a number or a boolean is none. */
  String text() throws MalformedPolicyException {
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw malformed("Invalid policy syntax");
  }

  /** The text form of this string, number or boolean. */
  String scalar() throws MalformedPolicyException {
    return value instanceof Json.Word(String word) ? word : text();
  }

  MalformedPolicyException malformed(String message) {
    return new MalformedPolicyException(message, path);
  }

  private JsonElement child(String name, Json json) {
    return new JsonElement(json, path.isEmpty() ? name : path + "." + name);
  }

  private Map<String, Json> members() throws MalformedPolicyException {
    if (value instanceof Json.Members(Map<String, Json> members)) {
      return members;
    }
    throw malformed("Invalid policy syntax");
  }
}
