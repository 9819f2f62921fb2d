package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.EntryLookup;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * A part of an answer from sorted files: {@code {"asOf", "paths": [{"hash", "storePath", "narSize",
 * "fileSize"}], "next", "complete"}}. Of the paths that were there when they were written it has
 * those that are verified now and whose narinfos the caller may read. What is next is told by the
 * last path that is shown, so it tells nothing of those that are not.
 */
final class PathsPart {
  /** So many paths are looked at for one part, whether they are shown or not. */
  static final int MOST_LOOKED_AT = 2_000;

  private final EntryLookup index;
  private final VisiblePaths visible;
  private final PathJson json;
  private final Instant asOf;
  private final SequencedMap<StorePathHash, Described> paths = new LinkedHashMap<>();
  private boolean hasMore;
  private boolean isComplete = true;

  PathsPart(EntryLookup index, VisiblePaths visible, PathJson json, Instant asOf) {
    this.index = requireNonNull(index, "index is null");
    this.visible = requireNonNull(visible, "visible is null");
    this.json = requireNonNull(json, "json is null");
    this.asOf = requireNonNull(asOf, "asOf is null");
  }

  /**
   * Takes so many paths.
   *
   * @param source the next ones, so many at most; none after the last
   */
  PathsPart take(IntFunction<List<StorePathHash>> source, int limit) {
    int lookedAt = 0;
    while (paths.size() <= limit) {
      if (lookedAt >= MOST_LOOKED_AT) {
        isComplete = false;
        return this;
      }
      List<StorePathHash> next = source.apply(limit + 1 - paths.size());
      if (next.isEmpty()) {
        return this;
      }
      lookedAt += next.size();
      add(next);
    }
    hasMore = true;
    paths.pollLastEntry();
    return this;
  }

  private void add(List<StorePathHash> hashes) {
    List<StorePathHash> perhaps = hashes.stream().filter(visible::mayBeSeen).toList();
    Map<StorePathHash, Entry> entries = index.entries(perhaps);
    for (StorePathHash hash : perhaps) {
      Optional.ofNullable(entries.get(hash))
          .flatMap(visible::described)
          .ifPresent(described -> paths.put(hash, described));
    }
  }

  /** The answer, with a text for the path after which the next part begins. */
  Answer answer(BiFunction<StorePathHash, Described, String> next) {
    return PathJson.answer(
        (generator, _) -> {
          generator.writeStringField("asOf", asOf.toString());
          generator.writeArrayFieldStart("paths");
          for (Map.Entry<StorePathHash, Described> path : paths.entrySet()) {
            generator.writeStartObject();
            json.fields(generator, path.getKey(), path.getValue());
            generator.writeEndObject();
          }
          generator.writeEndArray();
          if (hasMore) {
            Map.Entry<StorePathHash, Described> last = paths.lastEntry();
            generator.writeStringField("next", next.apply(last.getKey(), last.getValue()));
          }
          generator.writeBooleanField("complete", isComplete);
        });
  }
}
