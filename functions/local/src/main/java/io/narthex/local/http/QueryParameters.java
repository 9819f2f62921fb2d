package io.narthex.local.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * {@code queryStringParameters}: names and values decoded, the values of one name joined by commas.
 * What cannot be decoded stays as it is; {@code rawQueryString} has it all.
 */
final class QueryParameters {
  private QueryParameters() {}

  static Map<String, StringJoiner> of(String query) {
    var parameters = new LinkedHashMap<String, StringJoiner>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      if (!name.isEmpty()) {
        String value = equals < 0 ? "" : decode(part.substring(equals + 1));
        parameters.computeIfAbsent(name, _ -> new StringJoiner(",")).add(value);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return Percent.decode(text.replace('+', ' ')).orElse(text);
  }
}
