package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.EntryLookup;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/**
 * A part of an answer from sorted files: {@code {"asOf", "paths": [{"hash", "storePath", "narSize",
 * "fileSize"}], "next", "complete"}}. Of the paths that were there when they were written it has
 * those that are verified now and whose narinfos the caller may read.
 *
 * <p>To a caller from whom something may be hidden the answer tells nothing of it, not even how
 * much: it goes on after the last path that is shown, as long as any is, and is never said to be
 * complete.
 */
final class PathsPart {
  /** So many paths are looked at for one part, whether they are shown or not. */
  static final int MOST_LOOKED_AT = 2_000;

  private final EntryLookup index;
  private final VisiblePaths visible;
  private final PathJson json;
  private final Instant asOf;
  private final SequencedMap<StorePathHash, Shown> paths = new LinkedHashMap<>();

  /**
   * A path of sorted files.
   *
   * @param position what a question says to go on after it
   */
  record Found(StorePathHash hash, String position) {
    Found {
      requireNonNull(hash, "hash is null");
      requireNonNull(position, "position is null");
    }
  }

  private record Shown(Described described, String position) {}

  PathsPart(EntryLookup index, VisiblePaths visible, PathJson json, Instant asOf) {
    this.index = requireNonNull(index, "index is null");
    this.visible = requireNonNull(visible, "visible is null");
    this.json = requireNonNull(json, "json is null");
    this.asOf = requireNonNull(asOf, "asOf is null");
  }

  /**
   * Whether a question may go on after a path: where something may be hidden, after one that is
   * shown only. Who could go on from anywhere would find a hidden path by what is told of the rest.
   */
  boolean mayFollow(StorePathHash path) {
    return visible.areAll() || shown(path).isPresent();
  }

  /** The same of a path by its hash and its name. */
  boolean mayFollow(StorePath path) {
    return visible.areAll()
        || shown(path.hash()).filter(described -> described.name().equals(path.name())).isPresent();
  }

  private Optional<Described> shown(StorePathHash hash) {
    return Optional.of(hash)
        .filter(visible::couldBeSeen)
        .map(path -> index.entries(List.of(path)).get(path))
        .flatMap(visible::described);
  }

  /**
   * The answer with so many paths.
   *
   * @param source the next ones, so many at most; none after the last
   */
  Answer take(IntFunction<List<Found>> source, int limit) {
    Optional<String> unseen = look(source, limit);
    boolean isCut = paths.size() > limit;
    while (paths.size() > limit) {
      paths.pollLastEntry();
    }
    return answer(visible.areAll() && !isCut ? unseen : lastShown());
  }

  /** Looks at paths until there are enough, and says where it goes on if it has not seen all. */
  private Optional<String> look(IntFunction<List<Found>> source, int limit) {
    Optional<String> last = Optional.empty();
    for (int count = 0; paths.size() <= limit && count < MOST_LOOKED_AT; ) {
      List<Found> found = source.apply(limit + 1);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      count += found.size();
      last = Optional.of(found.getLast().position());
      add(found);
    }
    return last;
  }

  private Optional<String> lastShown() {
    return Optional.ofNullable(paths.lastEntry()).map(last -> last.getValue().position());
  }

  private void add(List<Found> found) {
    List<Found> perhaps = found.stream().filter(one -> visible.couldBeSeen(one.hash())).toList();
    Map<StorePathHash, Entry> entries = index.entries(perhaps.stream().map(Found::hash).toList());
    for (Found one : perhaps) {
      Optional.ofNullable(entries.get(one.hash()))
          .flatMap(visible::described)
          .ifPresent(described -> paths.put(one.hash(), new Shown(described, one.position())));
    }
  }

  private Answer answer(Optional<String> next) {
    return PathJson.answer(
        (generator, _) -> {
          generator.writeStringField("asOf", asOf.toString());
          generator.writeArrayFieldStart("paths");
          for (Map.Entry<StorePathHash, Shown> path : paths.entrySet()) {
            generator.writeStartObject();
            json.fields(generator, path.getKey(), path.getValue().described());
            generator.writeEndObject();
          }
          generator.writeEndArray();
          if (next.isPresent()) {
            generator.writeStringField("next", next.get());
          }
          generator.writeBooleanField("complete", visible.areAll());
        });
  }
}
