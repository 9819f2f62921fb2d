package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the index say of some paths what is so now. A shard is read, then its paths are looked at,
 * then it is swapped; who loses looks at everything again, so that what was seen earlier never
 * comes over what was seen later. Who wins looks once more at what it has changed. A message about
 * a path is acknowledged after this: whatever stops, it comes again.
 */
public final class IndexUpdate {
  /** Shards that are written at a time, and paths of each that are looked at. */
  private static final Parallel SHARDS = new Parallel(8);

  private static final Parallel PATHS = new Parallel(16);

  private final VersionedStore cache;
  private final IndexObjects objects;
  private final Pieces pieces;
  private final ShardSwap shardSwap;
  private final SetUpdate sets;
  private final Retries retries;
  private final Parallel shards;

  /** One that writes the index of a cache into its state bucket. */
  public IndexUpdate(VersionedStore cache, ObjectStore state, Retries retries) {
    this(cache, state, retries, SHARDS, PATHS);
  }

  IndexUpdate(
      VersionedStore cache, ObjectStore state, Retries retries, Parallel shards, Parallel paths) {
    this.cache = requireNonNull(cache, "cache is null");
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.shardSwap = new ShardSwap(objects, new Observations(new Observer(cache, state), paths));
    this.sets = new SetUpdate(objects, retries);
    this.retries = requireNonNull(retries, "retries is null");
    this.shards = requireNonNull(shards, "shards is null");
  }

  /**
   * What an update came to: whether shards of the index that is read have grown too large, and a
   * rebuild would make them smaller. It would not where hashes are crowded and the cache is not: an
   * uploader chooses them as he likes.
   */
  public record Updated(boolean isCrowded) {}

  /**
   * Looks at paths and writes what they are. While there is no index at all this does nothing: who
   * builds one looks at every path after that.
   *
   * @throws UnwrittenException if that could not be done for some of them
   * @throws StoreException if it was not even tried for all of them
   */
  public Updated look(Collection<StorePathHash> hashes) {
    var unwritten = new Unwritten();
    var written = new HashSet<Generation>();
    var crowded = new HashSet<Generation>();
    Optional<Target> next = next(written);
    while (next.isPresent()) {
      if (write(next.get(), hashes, unwritten) && next.get().isServed()) {
        crowded.add(next.get().generation());
      }
      written.add(next.get().generation());
      next = next(written);
    }
    unwritten.check();
    return new Updated(crowded.stream().anyMatch(this::wouldBeDeeper));
  }

  private boolean wouldBeDeeper(Generation crowded) {
    return Generation.depthFor(Census.narInfos(cache)) > crowded.depth();
  }

  /**
   * A generation to be written.
   *
   * @param isServed whether all of its shards have been built
   */
  private record Target(Generation generation, boolean isServed) {}

  /**
   * The manifest is read again after each: who began to build a generation meanwhile may have
   * looked at these paths before we did.
   */
  private Optional<Target> next(Set<Generation> written) {
    Manifest manifest = objects.manifest().value();
    return manifest.current().stream()
        .filter(generation -> !written.contains(generation))
        .map(generation -> new Target(generation, manifest.isServed(generation)))
        .findFirst();
  }

  /** A shard that cannot be written holds up neither the others nor the next generation. */
  private boolean write(Target target, Collection<StorePathHash> hashes, Unwritten unwritten) {
    Generation generation = target.generation();
    var byShard = new TreeMap<Slice, List<StorePathHash>>();
    hashes.forEach(
        hash -> byShard.computeIfAbsent(generation.shard(hash), _ -> new ArrayList<>()).add(hash));
    List<Segment.Of> written =
        shards
            .map(
                byShard.entrySet(),
                one ->
                    unwritten.unlessFailing(
                        one.getValue(), () -> write(target, one.getKey(), one.getValue())))
            .stream()
            .flatMap(segment -> segment.flatMap(Function.identity()).stream())
            .toList();
    writeSets(generation, written, hashes, unwritten);
    return written.stream().anyMatch(one -> one.segment().narInfos() > Generation.CROWDED);
  }

  private void writeSets(
      Generation generation,
      List<Segment.Of> written,
      Collection<StorePathHash> hashes,
      Unwritten unwritten) {
    Map<Slice, List<Segment.Of>> bySet =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.shard().within(generation.setBits()),
                    TreeMap::new,
                    Collectors.toList()));
    bySet.forEach(
        (set, segments) ->
            unwritten.unlessFailing(
                hashes.stream().filter(set::contains).toList(),
                () -> sets.write(generation, segments)));
  }

  /**
   * Whoever has not begun to build a piece will look at its paths later than we did. All of one
   * that is read have been built.
   */
  private Optional<Segment.Of> write(Target target, Slice slice, List<StorePathHash> hashes) {
    Generation generation = target.generation();
    return target.isServed() || pieces.isBegun(generation, slice.within(generation.pieceBits()))
        ? Optional.of(
            Segment.of(
                retries.until(
                    generation.shardKey(slice).value(), () -> swap(target, slice, hashes))))
        : Optional.empty();
  }

  private Optional<Shard> swap(Target target, Slice slice, List<StorePathHash> hashes) {
    Generation generation = target.generation();
    Stored<Optional<Shard>> stored = objects.shard(generation, slice);
    if (target.isServed() && stored.value().isEmpty()) {
      throw IndexObjects.gone(generation, slice);
    }
    return shardSwap.swap(generation, slice, stored, hashes);
  }
}
