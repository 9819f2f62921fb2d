package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Makes a shard say of some of its paths what is so now, and leaves the others as they are. */
final class ShardSwap {
  private final IndexObjects objects;
  private final Observations observations;

  ShardSwap(IndexObjects objects, Observations observations) {
    this.objects = requireNonNull(objects, "objects is null");
    this.observations = requireNonNull(observations, "observations is null");
  }

  /**
   * Tries once. If we stop right after the swap, the shard says what was so when we looked, and its
   * set what was so before.
   *
   * @param stored the shard as it was read, before the paths are looked at
   * @return empty if others were faster, or what was written is so no more
   */
  Optional<Shard> swap(
      Generation generation,
      Slice slice,
      Stored<Optional<Shard>> stored,
      Collection<StorePathHash> hashes) {
    Map<StorePathHash, Optional<Entry>> observed = observations.of(hashes);
    if (stored.value().filter(present -> present.says(observed)).isPresent()) {
      return stored.value();
    }
    Shard changed =
        stored
            .value()
            .map(present -> present.observing(observed))
            .orElseGet(() -> Shard.first(slice, observed));
    boolean isWritten = objects.swap(generation, stored, changed);
    return isWritten
            && stored.value().map(before -> observations.stand(changed, before)).orElse(true)
        ? Optional.of(changed)
        : Optional.empty();
  }
}
