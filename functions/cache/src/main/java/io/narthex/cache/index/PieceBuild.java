package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.index.ListedPaths.Listed;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Gatherers;

/**
 * Builds the shards of one piece of a generation, and what the sets say of them. It may be stopped
 * anywhere and done again, also by two at once: a shard that is there already and right is left as
 * it is.
 */
final class PieceBuild {
  /** Paths that are looked at for one write of a shard that others write too. */
  private static final int PART = 32;

  private final VersionedStore cache;
  private final ObjectStore state;
  private final IndexObjects objects;
  private final Pieces pieces;
  private final ShardSwap shardSwap;
  private final SetUpdate sets;
  private final Retries retries;

  PieceBuild(VersionedStore cache, ObjectStore state, Retries retries, Parallel paths) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.shardSwap = new ShardSwap(objects, new Observations(new Observer(cache, state), paths));
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

  /** In one go, as long as nobody else writes it. */
  private Shard write(Generation generation, Slice slice, List<Listed> listed) {
    Stored<Optional<Shard>> stored = objects.shard(generation, slice);
    Set<StorePathHash> hashes = hashes(listed, stored.value());
    return shardSwap
        .swap(generation, slice, stored, hashes)
        .orElseGet(() -> writeInParts(generation, slice, listed));
  }

  /** Each as quick as those who write it too: to look at all of it takes so long that one loses. */
  private Shard writeInParts(Generation generation, Slice slice, List<Listed> listed) {
    Optional<Shard> present = objects.shard(generation, slice).value();
    hashes(listed, present).stream()
        .gather(Gatherers.windowFixed(PART))
        .forEach(
            part ->
                retries.until(
                    generation.shardKey(slice).value(),
                    () ->
                        shardSwap.swap(generation, slice, objects.shard(generation, slice), part)));
    return objects
        .shard(generation, slice)
        .value()
        .orElseThrow(() -> IndexObjects.gone(generation, slice));
  }

  /** What an update has put there meanwhile is looked at too: it came after the listing. */
  private static Set<StorePathHash> hashes(List<Listed> listed, Optional<Shard> present) {
    var hashes = new TreeSet<StorePathHash>();
    listed.forEach(path -> hashes.add(path.hash()));
    present.ifPresent(shard -> hashes.addAll(shard.entries().keySet()));
    return hashes;
  }
}
