package io.narthex.local.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A request's headers as format 2.0 has them: names in lower case, a repeated header's values
 * joined by commas, cookies apart, hop-by-hop headers gone.
 */
final class EventHeaders {
  private final Map<String, StringJoiner> headers = new LinkedHashMap<>();
  private final List<String> cookies = new ArrayList<>();

  EventHeaders(HttpFields fields) {
    List<String> connection = fields.getCSV(HttpHeader.CONNECTION, false);
    for (HttpField field : fields) {
      String name = field.getLowerCaseName();
      if (name.equals("cookie")) {
        cookies.addAll(List.of(field.getValue().split(";\\s*")));
      } else if (!HopByHop.isDropped(name) && !names(connection, name)) {
        add(name, field.getValue());
      }
    }
  }

  /** Whether the sender said that this header goes no further; mostly there is nothing to ask. */
  private static boolean names(List<String> connection, String name) {
    return !connection.isEmpty() && connection.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Appends a value. */
  EventHeaders add(String name, String value) {
    headers.computeIfAbsent(name, _ -> new StringJoiner(",")).add(value);
    return this;
  }

  /** Sets what the gateway says itself and takes from nobody. */
  EventHeaders put(String name, String value) {
    headers.put(name, new StringJoiner(",").add(value));
    return this;
  }

  /** The value of a header, by its name in lower case; empty if it is absent. */
  String value(String name) {
    StringJoiner values = headers.get(name);
    return values == null ? "" : values.toString();
  }

  Map<String, StringJoiner> headers() {
    return headers;
  }

  List<String> cookies() {
    return cookies;
  }
}
