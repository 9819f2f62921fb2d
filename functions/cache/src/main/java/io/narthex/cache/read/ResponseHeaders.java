package io.narthex.cache.read;

import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of an answer. A name or value that could end its line cannot be built, so whatever an
 * uploader stored, it adds no header.
 *
 * @param values name, in its usual spelling, to value: printable ASCII and blanks
 */
public record ResponseHeaders(Map<String, String> values) {
  /** No headers. */
  public static final ResponseHeaders NONE = new ResponseHeaders(Map.of());

  public ResponseHeaders {
    values = Map.copyOf(values);
    values.forEach(ResponseHeaders::check);
  }

  /** These headers and one more, or with that one changed. */
  public ResponseHeaders with(String name, String value) {
    var changed = new TreeMap<>(values);
    changed.put(name, value);
    return new ResponseHeaders(changed);
  }

  private static void check(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))) {
      throw new IllegalArgumentException("not a header name: " + name);
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("not a header value: " + name);
    }
  }
}
