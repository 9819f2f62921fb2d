package io.narthex.provision.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ways through what {@link CloudFormationYaml} and JSON are read into. */
final class Tree {
  private Tree() {}

  static Map<String, Object> map(Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new AssertionError("not an object: " + node);
    }
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /** What is under a path of names, which must be there. */
  static Object at(Object node, String... path) {
    Object found = node;
    for (String name : path) {
      found = map(found).get(name);
      if (found == null) {
        throw new AssertionError("no " + name + " of " + String.join(".", path));
      }
    }
    return found;
  }

  /** A list, or the one element that stands for it. */
  static List<Object> list(Object node) {
    return node instanceof List<?> list ? List.copyOf(list) : List.of(node);
  }

  static List<String> texts(Object node) {
    return list(node).stream().map(String::valueOf).toList();
  }
}
