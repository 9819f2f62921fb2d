package io.narthex.local.s3.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, decoded; a name without {@code =} has an empty value.
 *
 * @param parameters in the order of the request
 */
public record Query(List<Parameter> parameters) {
  /** Copies the list. */
  public Query {
    parameters = List.copyOf(parameters);
  }

  /** One name and its value, decoded. */
  public record Parameter(String name, String value) {}

  /**
   * Parses what stands after the question mark; refuses with 400 what is not percent-encoded UTF-8.
   */
  public static Query parse(@Nullable String raw) {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.add(new Parameter(decode(name), decode(value)));
      }
    }
    return new Query(parameters);
  }

  private static String decode(String text) {
    return PercentEncoding.decode(text.replace('+', ' '));
  }

  /** The first value of a parameter. */
  public Optional<String> first(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  /** Whether there is such a parameter, with a value or without. */
  public boolean has(String name) {
    return parameters.stream().anyMatch(p -> p.name().equals(name));
  }
}
