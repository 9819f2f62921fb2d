package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at many paths. */
final class Observations {
  private final Observer observer;
  private final Parallel parallel;

  Observations(Observer observer, Parallel parallel) {
    this.observer = requireNonNull(observer, "observer is null");
    this.parallel = requireNonNull(parallel, "parallel is null");
  }

  /** What each path is now. */
  Map<StorePathHash, Optional<Entry>> of(Collection<StorePathHash> hashes) {
    var observed = new TreeMap<StorePathHash, Optional<Entry>>();
    parallel
        .map(hashes, hash -> Map.entry(hash, observer.observe(hash)))
        .forEach(one -> observed.put(one.getKey(), one.getValue()));
    return observed;
  }

  /**
   * Whether what a write has changed still is so. Who looked later than the writer may have found
   * the shard as it was before, with nothing to write: the swap did not notice him.
   */
  boolean stand(Shard written, Shard before) {
    return written.says(of(written.changesFrom(before)));
  }
}
