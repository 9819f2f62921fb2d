package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.text.ByteText;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A path as the API tells of it.
 *
 * @param narSize in bytes
 * @param fileSize in bytes; empty if the narinfo does not say
 * @param references hashes; empty where the answer has none
 */
record FoundPath(String storePath, long narSize, Optional<Long> fileSize, List<String> references) {
  FoundPath {
    requireNonNull(storePath, "storePath is null");
    requireNonNull(fileSize, "fileSize is null");
    references = List.copyOf(references);
  }

  static FoundPath read(JsonDocument json) throws MalformedJsonException {
    return new FoundPath(
        json.text("storePath"),
        json.number("narSize"),
        json.has("fileSize") ? Optional.of(json.number("fileSize")) : Optional.empty(),
        json.texts("references", Function.<String>identity()::apply));
  }

  void write(ObjectNode json) {
    json.put("storePath", storePath).put("narSize", narSize);
    fileSize.ifPresent(size -> json.put("fileSize", size));
    if (!references.isEmpty()) {
      references.forEach(json.putArray("references")::add);
    }
  }

  /** One a line: size of the NAR, of its file, and the path. */
  static void print(PrintStream out, List<FoundPath> paths) {
    for (FoundPath path : paths) {
      out.printf(
          "%10s  %10s  %s%n",
          ByteText.of(path.narSize), path.fileSize.map(ByteText::of).orElse("-"), path.storePath);
    }
  }
}
