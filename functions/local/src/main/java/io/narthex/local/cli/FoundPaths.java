package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Paths that a cache found as of the last rebuild of its index.
 *
 * @param hasMore whether there are more that were not asked for
 * @param isComplete whether nothing can be hidden from who asked
 */
record FoundPaths(String asOf, List<FoundPath> paths, boolean hasMore, boolean isComplete) {
  /** The most that the API puts into one part. */
  private static final int MOST = 1000;

  FoundPaths {
    paths = List.copyOf(paths);
  }

  /** One part of the answer. */
  private record Part(
      String asOf, List<FoundPath> paths, Optional<String> next, boolean isComplete) {
    static Part read(JsonDocument json) throws MalformedJsonException {
      return new Part(
          json.text("asOf"),
          json.objects("paths", FoundPath::read),
          json.optionalText("next", Function.<String>identity()::apply),
          json.flag("complete"));
    }
  }

  /**
   * Asks for so many at most.
   *
   * @param address up to its last parameter, with {@code ?} or {@code &} behind it
   */
  static FoundPaths ask(CacheClient cache, String address, int limit) {
    var paths = new ArrayList<FoundPath>();
    Optional<String> next = Optional.empty();
    Part part;
    do {
      String after = next.map(path -> "&after=" + path).orElse("");
      String rest = "limit=" + Math.min(MOST, limit - paths.size()) + after;
      part = Question.ask(cache, address + rest, Part::read);
      paths.addAll(part.paths());
      next = part.next();
    } while (next.isPresent() && paths.size() < limit);
    return new FoundPaths(part.asOf(), paths, next.isPresent(), part.isComplete());
  }

  /** Prints them, and on standard error of when they are. */
  void print(boolean asJson) {
    if (asJson) {
      System.out.print(json());
      return;
    }
    FoundPath.print(System.out, paths);
    System.err.printf(
        "narthex: %d paths as of %s%s%s%n",
        paths.size(),
        asOf,
        hasMore ? "; there are more" : "",
        isComplete ? "" : "; those that you may not see are not among them");
  }

  private String json() {
    ObjectNode json = JsonDocument.object().put("asOf", asOf);
    ArrayNode all = json.putArray("paths");
    paths.forEach(path -> path.write(all.addObject()));
    json.put("more", hasMore).put("complete", isComplete);
    return new String(JsonDocument.write(json), UTF_8);
  }
}
