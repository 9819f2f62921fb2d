package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks up entries for one query: a shard is read once however often paths of it are asked for, as
 * long as those that were read have no more than 64 MB as they are stored.
 */
public final class EntryLookup {
  private static final long MOST_KEPT = 64 << 20;

  private final IndexObjects objects;
  private final Generation generation;
  private final Parallel requests;
  private final Map<Slice, Optional<byte[]>> kept = new ConcurrentHashMap<>();
  private final AtomicLong keptBytes = new AtomicLong();

  EntryLookup(IndexObjects objects, Generation generation, Parallel requests) {
    this.objects = requireNonNull(objects, "objects is null");
    this.generation = requireNonNull(generation, "generation is null");
    this.requests = requireNonNull(requests, "requests is null");
  }

  /** The entries of those of these paths that are in the index. */
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
    Optional<byte[]> stored = stored(shard);
    if (stored.isEmpty()) {
      return Map.of();
    }
    try {
      return ShardLines.entries(stored.get(), hashes);
    } catch (MalformedIndexException e) {
      throw new StoreException("reading " + generation.shardKey(shard), e);
    }
  }

  private Optional<byte[]> stored(Slice shard) {
    Optional<byte[]> known = kept.get(shard);
    if (known != null) {
      return known;
    }
    Optional<byte[]> read = objects.stored(generation, shard);
    int size = read.map(bytes -> bytes.length).orElse(0);
    if (keptBytes.addAndGet(size) <= MOST_KEPT) {
      kept.put(shard, read);
    }
    return read;
  }
}
