package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.index.ListedPaths.Listed;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Builds the shards of one piece of a generation, and what the sets say of them. It may be stopped
 * anywhere and done again, also by two at once: a shard that is there already and right is left as
 * it is.
 */
final class PieceBuild {
  private final VersionedStore cache;
  private final ObjectStore state;
  private final IndexObjects objects;
  private final Pieces pieces;
  private final Observations observations;
  private final SetUpdate sets;
  private final Retries retries;

  PieceBuild(VersionedStore cache, ObjectStore state, Retries retries, Parallel paths) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.observations = new Observations(new Observer(cache, state), paths);
    this.sets = new SetUpdate(objects, retries);
    this.retries = requireNonNull(retries, "retries is null");
  }

  /**
   * Builds it, unless that was done. Returns how many paths it has.
   *
   * @param written hears of so many more paths, which come to as many in the end
   */
  long build(Generation generation, Slice piece, LongConsumer written) {
    Pieces.Progress begun = pieces.begin(generation, piece);
    if (begun.isDone()) {
      written.accept(begun.paths());
      return begun.paths();
    }
    var paths = new ListedPaths(cache, state, piece);
    var run = new PieceRun(generation, piece);
    List<Segment.Of> segments =
        piece
            .split(generation.depth())
            .map(slice -> write(generation, slice, paths.in(slice)))
            .peek(run::add)
            .peek(shard -> written.accept(shard.entries().size()))
            .map(Segment::of)
            .toList();
    sets.write(generation, segments);
    run.write(state);
    long count = segments.stream().mapToLong(one -> one.segment().paths()).sum();
    pieces.end(generation, piece, begun, count);
    return count;
  }

  private Shard write(Generation generation, Slice slice, List<Listed> listed) {
    return retries.until(generation.shardKey(slice).value(), () -> swap(generation, slice, listed));
  }

  /** What an update has put there meanwhile is looked at too: it came after the listing. */
  private Optional<Shard> swap(Generation generation, Slice slice, List<Listed> listed) {
    Stored<Optional<Shard>> stored = objects.shard(generation, slice);
    var hashes = new TreeSet<StorePathHash>();
    listed.forEach(path -> hashes.add(path.hash()));
    stored.value().ifPresent(present -> hashes.addAll(present.entries().keySet()));
    List<Entry> entries =
        observations.of(hashes).values().stream().flatMap(Optional::stream).toList();
    Optional<Shard> present = stored.value();
    long revision = present.map(shard -> shard.revision() + 1).orElse(0L);
    Shard built = Shard.of(slice, revision, entries);
    if (present.isPresent() && present.get().entries().equals(built.entries())) {
      return present;
    }
    boolean isWritten = objects.swap(generation, stored, built);
    return isWritten && present.map(before -> observations.stand(built, before)).orElse(true)
        ? Optional.of(built)
        : Optional.empty();
  }
}
