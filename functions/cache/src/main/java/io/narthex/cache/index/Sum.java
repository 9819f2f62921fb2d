package io.narthex.cache.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;

/**
 * How many paths, and how large together: {@code {"paths": …, "narSize": …, "fileSize": …}}. It is
 * added to.
 */
final class Sum {
  private long paths;

  /** In bytes. */
  private long narSize;

  /** In bytes, of those whose narinfos say. */
  private long fileSize;

  /** How many paths. */
  long paths() {
    return paths;
  }

  void add(Described path) {
    paths++;
    narSize += path.narSize();
    fileSize += path.fileSize().orElse(0);
  }

  void add(Sum other) {
    paths += other.paths;
    narSize += other.narSize;
    fileSize += other.fileSize;
  }

  void write(ObjectNode json) {
    json.put("paths", paths).put("narSize", narSize).put("fileSize", fileSize);
  }

  static Sum read(JsonDocument json) throws MalformedJsonException {
    var read = new Sum();
    read.paths = json.number("paths");
    read.narSize = json.number("narSize");
    read.fileSize = json.number("fileSize");
    return read;
  }
}
