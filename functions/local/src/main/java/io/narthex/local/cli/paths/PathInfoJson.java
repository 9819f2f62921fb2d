package io.narthex.local.cli.paths;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code nix path-info --json} prints: an array of objects with a {@code path} (Nix before
 * 2.19), an object by path, or, with {@code --json-format 2}, one whose {@code info} is an object
 * by base name.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/json/store-object-info.html">Store
 *     object info JSON format</a>
 */
final class PathInfoJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PathInfoJson() {}

  static GivenPaths read(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      var paths = new LinkedHashMap<String, Optional<List<String>>>();
      if (json.isArray()) {
        json.forEach(info -> paths.put(path(info), references(info, "")));
      } else if (json.path("info").isObject()) {
        byName(json.path("info"), json.path("storeDir").asText("/nix/store") + "/", paths);
      } else {
        byName(json, "", paths);
      }
      return new GivenPaths(paths);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "begins like JSON, and is none: " + e.getOriginalMessage(), e);
    }
  }

  private static void byName(
      JsonNode json, String directory, Map<String, Optional<List<String>>> paths) {
    json.properties()
        .forEach(
            info -> paths.put(directory + info.getKey(), references(info.getValue(), directory)));
  }

  private static String path(JsonNode info) {
    if (!info.path("path").isTextual()) {
      throw new IllegalArgumentException("not what nix path-info --json prints: no path");
    }
    return info.path("path").textValue();
  }

  /** None of a path that is not in the store that was asked. */
  private static Optional<List<String>> references(JsonNode info, String directory) {
    if (!info.path("references").isArray()) {
      return Optional.empty();
    }
    var references = new ArrayList<String>();
    info.path("references").forEach(name -> references.add(directory + name.asText()));
    return Optional.of(references);
  }
}
