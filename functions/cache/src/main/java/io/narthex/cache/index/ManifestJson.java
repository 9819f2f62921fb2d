package io.narthex.cache.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Manifest.Building;
import io.narthex.cache.index.Manifest.Retired;
import io.narthex.cache.index.Manifest.Served;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;

/**
 * The manifest as JSON: {@code {"served": {"generation": 2, "depth": 7, "paths": 40123, "built":
 * …}, "building": {"generation": 3, "depth": 8, "begun": …}, "retired": [{"generation": 1, "since":
 * …}]}}.
 */
public final class ManifestJson {
  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    return JsonDocument.write(object(manifest));
  }

  /** Writes one. */
  public static ObjectNode object(Manifest manifest) {
    ObjectNode json = JsonDocument.object();
    manifest
        .served()
        .ifPresent(
            served ->
                generation(json.putObject("served"), served.generation())
                    .put("paths", served.paths())
                    .put("built", served.built().toString()));
    manifest
        .building()
        .ifPresent(
            building ->
                generation(json.putObject("building"), building.generation())
                    .put("begun", building.begun().toString()));
    var retired = json.putArray("retired");
    manifest
        .retired()
        .forEach(
            old ->
                retired
                    .addObject()
                    .put("generation", old.number())
                    .put("since", old.since().toString()));
    return json;
  }

  private static ObjectNode generation(ObjectNode json, Generation generation) {
    return json.put("generation", generation.number()).put("depth", generation.depth());
  }

  static Manifest read(byte[] bytes) throws MalformedJsonException {
    return read(JsonDocument.parse(bytes));
  }

  /** Reads one. */
  public static Manifest read(JsonDocument json) throws MalformedJsonException {
    return new Manifest(
        json.optionalObject("served", ManifestJson::served),
        json.optionalObject("building", ManifestJson::building),
        json.objects("retired", ManifestJson::retired));
  }

  private static Served served(JsonDocument json) throws MalformedJsonException {
    return new Served(
        generation(json), json.number("paths"), json.text("built", JsonDocument::instant));
  }

  private static Building building(JsonDocument json) throws MalformedJsonException {
    return new Building(generation(json), json.text("begun", JsonDocument::instant));
  }

  private static Retired retired(JsonDocument json) throws MalformedJsonException {
    return new Retired((int) json.number("generation"), json.text("since", JsonDocument::instant));
  }

  private static Generation generation(JsonDocument json) throws MalformedJsonException {
    try {
      return new Generation(
          Math.toIntExact(json.number("generation")), Math.toIntExact(json.number("depth")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedJsonException("generation: " + e.getMessage());
    }
  }
}
