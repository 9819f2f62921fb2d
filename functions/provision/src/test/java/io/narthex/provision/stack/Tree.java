package io.narthex.provision.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Ways through what {@link CloudFormationYaml} and JSON are read into. */
final class Tree {
  private Tree() {}

  static Map<String, Object> map(Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new AssertionError("not an object: " + node);
    }
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> String.valueOf(e.getKey()),
                Map.Entry::getValue,
                (a, b) -> b,
                LinkedHashMap::new));
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
