package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks up entries for one query: a shard is read once however often paths of it are asked for. For
 * that it is kept as it is stored until the query is closed, unless queries keep a quarter of the
 * heap already; then it is read again.
 */
public final class EntryLookup implements AutoCloseable {
  private final IndexObjects objects;
  private final Generation generation;
  private final Parallel requests;
  private final Map<Slice, byte[]> kept = new ConcurrentHashMap<>();
  private final Allowance allowance;

  /** One that shares what it may keep with others. */
  EntryLookup(IndexObjects objects, Generation generation, Parallel requests, Allowance allowance) {
    this.objects = requireNonNull(objects, "objects is null");
    this.generation = requireNonNull(generation, "generation is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.allowance = requireNonNull(allowance, "allowance is null");
  }

  /**
   * The entries of those of these paths that are in the index.
   *
   * @throws StoreException naming the shard that has gone or cannot be read
   */
  public Map<StorePathHash, Entry> entries(Collection<StorePathHash> hashes) {
    var byShard = new TreeMap<Slice, SortedSet<StorePathHash>>();
    hashes.forEach(
        hash -> byShard.computeIfAbsent(generation.shard(hash), _ -> new TreeSet<>()).add(hash));
    var entries = new HashMap<StorePathHash, Entry>();
    requests
        .map(byShard.entrySet(), one -> entries(one.getKey(), one.getValue()))
        .forEach(entries::putAll);
    return entries;
  }

  private Map<StorePathHash, Entry> entries(Slice shard, SortedSet<StorePathHash> hashes) {
    try {
      return ShardLines.entries(stored(shard), shard, hashes);
    } catch (MalformedIndexException e) {
      throw new StoreException("reading " + generation.shardKey(shard), e);
    }
  }

  private byte[] stored(Slice shard) {
    byte[] known = kept.get(shard);
    if (known != null) {
      return known;
    }
    byte[] read =
        objects.stored(generation, shard).orElseThrow(() -> IndexObjects.gone(generation, shard));
    if (allowance.take(read.length)) {
      kept.put(shard, read);
    }
    return read;
  }

  /** Forgets what it has kept. */
  @Override
  public void close() {
    allowance.giveBack(kept.values().stream().mapToLong(shard -> shard.length).sum());
    kept.clear();
  }
}
