package io.narthex.local.cli.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.ManifestJson;
import io.narthex.cache.json.JsonDocument;

/**
 * Where an index stands.
 *
 * @param inFlight messages about paths that are not done with, as far as is known
 */
record IndexStanding(Manifest manifest, long inFlight) {
  IndexStanding {
    requireNonNull(manifest, "manifest is null");
  }

  /** In a few lines. */
  String text() {
    return manifest.served().map(IndexStanding::text).orElse("there is no index yet\n")
        + manifest.building().map(IndexStanding::text).orElse("")
        + "in flight     %d%n".formatted(inFlight);
  }

  private static String text(Manifest.Served served) {
    return """
        generation    %d
        built         %s
        paths         %d when it was built
        shards        %d (depth %d)
        """
        .formatted(
            served.generation().number(),
            served.built(),
            served.paths(),
            1L << served.generation().depth(),
            served.generation().depth());
  }

  private static String text(Manifest.Building building) {
    return "being built   generation %d, since %s%n"
        .formatted(building.generation().number(), building.begun());
  }

  /** The manifest with one more field. */
  String json() {
    ObjectNode json = ManifestJson.object(manifest).put("inFlight", inFlight);
    return new String(JsonDocument.write(json), UTF_8);
  }
}
