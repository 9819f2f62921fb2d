package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the closure of a path by reading its narinfos, all that are the same number of references
 * away at a time. The hashes are on the heap: a closure has some thousands of paths.
 */
public final class ClosurePlan {
  private final AuditedCache cache;
  private final NarInfoLooks narInfos;
  private final StopSignal stop;

  public ClosurePlan(AuditedCache cache, Patience patience, StopSignal stop) {
    this.cache = requireNonNull(cache, "cache is null");
    this.narInfos = new NarInfoLooks(cache, patience);
    this.stop = requireNonNull(stop, "stop is null");
  }

  /**
   * The hashes of the path and of all that the cache has of what it refers to. What cannot be read
   * now is among them.
   *
   * @throws IllegalArgumentException if the cache has no narinfo of the path itself
   */
  public Set<StorePathHash> of(StorePathHash root) {
    Set<StorePathHash> found = new HashSet<>();
    Set<StorePathHash> seen = new HashSet<>(Set.of(root));
    Set<StorePathHash> wave = Set.of(root);
    while (!wave.isEmpty()) {
      Set<StorePathHash> next = ConcurrentHashMap.newKeySet();
      Set<StorePathHash> there = ConcurrentHashMap.newKeySet();
      Iterator<StorePathHash> each = wave.iterator();
      new Workers(cache.requestsAtOnce(), stop)
          .run(
              () ->
                  each.hasNext() ? Optional.of(look(each.next(), there, next)) : Optional.empty());
      found.addAll(there);
      next.removeAll(seen);
      seen.addAll(next);
      wave = next;
    }
    if (!found.contains(root) && !stop.isRequested()) {
      throw new IllegalArgumentException("the cache has no " + root + ".narinfo");
    }
    return found;
  }

  private Runnable look(StorePathHash hash, Set<StorePathHash> there, Set<StorePathHash> next) {
    return () -> {
      try {
        switch (narInfos.look(0, hash)) {
          case NarInfoLooks.Look.Absent absent -> {}
          case NarInfoLooks.Look.Malformed malformed -> there.add(hash);
          case NarInfoLooks.Look.Found(var read) -> {
            there.add(hash);
            read.narInfo().references().stream().map(StorePath::hash).forEach(next::add);
          }
        }
      } catch (StoreException e) {
        there.add(hash);
      }
    };
  }
}
