package io.narthex.cache.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;

/**
 * How many paths, and how large together.
 *
 * @param narSize in bytes
 * @param fileSize in bytes, of those whose narinfos say
 */
record Sum(long paths, long narSize, long fileSize) {
  static final Sum NONE = new Sum(0, 0, 0);

  static Sum of(Described path) {
    return new Sum(1, path.narSize(), path.fileSize().orElse(0));
  }

  Sum plus(Sum other) {
    return new Sum(paths + other.paths, narSize + other.narSize, fileSize + other.fileSize);
  }

  void write(ObjectNode json) {
    json.put("paths", paths).put("narSize", narSize).put("fileSize", fileSize);
  }

  static Sum read(JsonDocument json) throws MalformedJsonException {
    return new Sum(json.number("paths"), json.number("narSize"), json.number("fileSize"));
  }
}
