package io.narthex.cache.index;

import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;

/** Objects that are written once: what is there already stays. */
final class WrittenOnce {
  private WrittenOnce() {}

  /**
   * Returns when there is one.
   *
   * @throws StoreException if there is none: S3 may refuse a write for another one under way at the
   *     same time, of which nothing is left
   */
  static void put(ObjectStore state, ObjectKey key, NewObject object) {
    switch (state.putIfAbsent(key, object)) {
      case PutResult.Stored _ -> {}
      case PutResult.PreconditionFailed _ -> {
        if (state.head(key).isEmpty()) {
          throw new StoreException(key + " could not be written");
        }
      }
    }
  }
}
