package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the index say of some paths what is so now. A shard is read, then its paths are looked at,
 * then it is swapped; who loses looks at everything again, so that what was seen earlier never
 * comes over what was seen later. A message about a path is acknowledged after this: whatever
 * stops, it comes again.
 */
public final class IndexUpdate {
  /** Shards that are written at a time, and paths of each that are looked at. */
  private static final Parallel SHARDS = new Parallel(8);

  private static final Parallel PATHS = new Parallel(16);

  private final IndexObjects objects;
  private final Pieces pieces;
  private final Observations observations;
  private final SetUpdate sets;
  private final Retries retries;
  private final Parallel shards;

  /** One that writes the index of a cache into its state bucket. */
  public IndexUpdate(VersionedStore cache, ObjectStore state, Retries retries) {
    this(cache, state, retries, SHARDS, PATHS);
  }

  IndexUpdate(
      VersionedStore cache, ObjectStore state, Retries retries, Parallel shards, Parallel paths) {
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.observations = new Observations(new Observer(cache, state), paths);
    this.sets = new SetUpdate(objects, retries);
    this.retries = requireNonNull(retries, "retries is null");
    this.shards = requireNonNull(shards, "shards is null");
  }

  /** What an update came to: whether shards have grown too large for their depth. */
  public record Updated(boolean isCrowded) {}

  /**
   * Looks at paths and writes what they are. While there is no index at all this does nothing: who
   * builds one looks at every path after that.
   *
   * @throws io.narthex.cache.store.StoreException if the store failed, or others were faster every
   *     time
   */
  public Updated look(Collection<StorePathHash> hashes) {
    var written = new HashSet<Generation>();
    boolean isCrowded = false;
    Optional<Generation> next = next(written);
    while (next.isPresent()) {
      isCrowded |= write(next.get(), hashes);
      written.add(next.get());
      next = next(written);
    }
    return new Updated(isCrowded);
  }

  /**
   * The manifest is read again after each: who began to build a generation meanwhile may have
   * looked at these paths before we did.
   */
  private Optional<Generation> next(Set<Generation> written) {
    return objects.manifest().value().current().stream()
        .filter(generation -> !written.contains(generation))
        .findFirst();
  }

  private boolean write(Generation generation, Collection<StorePathHash> hashes) {
    var byShard = new TreeMap<Slice, List<StorePathHash>>();
    hashes.forEach(
        hash -> byShard.computeIfAbsent(generation.shard(hash), _ -> new ArrayList<>()).add(hash));
    byShard.keySet().removeIf(shard -> !isBegun(generation, shard));
    List<Segment.Of> written =
        shards.map(
            byShard.entrySet(), one -> Segment.of(write(generation, one.getKey(), one.getValue())));
    sets.write(generation, written);
    return written.stream().anyMatch(one -> one.segment().paths() > Generation.CROWDED);
  }

  /** Whoever has not begun to build a piece will look at its paths later than we did. */
  private boolean isBegun(Generation generation, Slice shard) {
    return pieces.isBegun(generation, shard.within(generation.pieceBits()));
  }

  /** If we stop right after the swap, the shard is right and its set is not yet. */
  private Shard write(Generation generation, Slice slice, List<StorePathHash> hashes) {
    return retries.until(generation.shardKey(slice).value(), () -> swap(generation, slice, hashes));
  }

  private Optional<Shard> swap(Generation generation, Slice slice, List<StorePathHash> hashes) {
    Stored<Optional<Shard>> stored = objects.shard(generation, slice);
    Map<StorePathHash, Optional<Entry>> observed = observations.of(hashes);
    if (stored.value().filter(present -> present.says(observed)).isPresent()) {
      return stored.value();
    }
    Shard changed =
        stored
            .value()
            .map(present -> present.observing(observed))
            .orElseGet(() -> Shard.first(slice, observed));
    return objects.swap(generation, stored, changed) ? Optional.of(changed) : Optional.empty();
  }
}
