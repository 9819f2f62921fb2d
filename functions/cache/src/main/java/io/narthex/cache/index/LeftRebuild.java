package io.narthex.cache.index;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;

/** A rebuild that was begun and has not been finished. */
public final class LeftRebuild {
  private LeftRebuild() {}

  /**
   * Gives it up: what lies of it cannot be read, or is not wanted. Who still builds it fails at the
   * end; its objects go with those of retired ones. If we stop before the swap, nothing is changed.
   *
   * @return what was being built; empty if nothing was
   * @throws io.narthex.cache.store.StoreException if the store failed
   */
  public static Optional<Generation> giveUp(ObjectStore state, Retries retries, Clock clock) {
    var objects = new IndexObjects(state);
    Optional<Generation> left = building(objects.manifest());
    left.ifPresent(generation -> giveUp(objects, generation, retries, clock));
    return left;
  }

  private static void giveUp(IndexObjects objects, Generation left, Retries retries, Clock clock) {
    var _ =
        retries.until(
            "the manifest",
            () -> {
              Stored<Manifest> stored = objects.manifest();
              return Optional.of(left)
                  .filter(
                      generation ->
                          !building(stored).equals(Optional.of(generation))
                              || objects.swap(stored, stored.value().abandoned(clock.instant())));
            });
  }

  private static Optional<Generation> building(Stored<Manifest> stored) {
    return stored.value().building().map(Manifest.Building::generation);
  }
}
