package io.narthex.cache.read;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * What is posted to {@code /api/v1/missing}: {@code {"paths": […]}} with store paths, their base
 * names or their hash parts.
 *
 * @param paths what each means, in the order of the request, each once
 */
public record MissingRequest(SequencedMap<String, StorePathHash> paths) {
  /** The most paths that may be asked for at a time. */
  public static final int MAX_PATHS = 10_000;

  public MissingRequest {
    paths = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(paths));
  }

  /** Reads one. */
  public static MissingRequest parse(byte[] json) throws MalformedJsonException {
    List<String> texts =
        JsonDocument.parse(json).texts("paths", Function.<String>identity()::apply);
    if (texts.size() > MAX_PATHS) {
      throw new MalformedJsonException("paths: more than " + MAX_PATHS);
    }
    SequencedMap<String, StorePathHash> paths = LinkedHashMap.newLinkedHashMap(texts.size());
    for (String text : texts) {
      try {
        paths.put(text, hash(text));
      } catch (IllegalArgumentException e) {
        throw new MalformedJsonException("paths: " + e.getMessage());
      }
    }
    return new MissingRequest(paths);
  }

  /** A store directory may stand before a base name. */
  private static StorePathHash hash(String text) {
    String name = text.substring(text.lastIndexOf('/') + 1);
    return StorePathHash.isValid(name) ? new StorePathHash(name) : StorePath.parse(name).hash();
  }
}
