package io.narthex.cache.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a question, decoded: each known, each at most once. A plus is a plus: names of
 * packages have some, and no blanks.
 */
record QueryParameters(Map<String, String> values) {
  QueryParameters {
    values = Map.copyOf(values);
  }

  /** Reads what stands behind the question mark. */
  static QueryParameters parse(String query, Set<String> known) throws MalformedQuestionException {
    var values = new HashMap<String, String>();
    for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw new MalformedQuestionException("its parameters are " + String.join(", ", known));
      }
      String value =
          RequestPath.decode(parameter.substring(equals + 1))
              .orElseThrow(() -> new MalformedQuestionException(name + " is not percent-encoded"));
      if (values.put(name, value) != null) {
        throw new MalformedQuestionException(name + " is there twice");
      }
    }
    return new QueryParameters(values);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
