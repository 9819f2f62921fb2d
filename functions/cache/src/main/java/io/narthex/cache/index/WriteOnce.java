package io.narthex.cache.index;

import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;

/** Writes objects that never change: of several who write one, the first has written it. */
final class WriteOnce {
  private WriteOnce() {}

  /**
   * Writes it, unless it is there.
   *
   * @throws StoreException if it is not there after that: what relies on it must not go on
   */
  static void put(ObjectStore state, ObjectKey key, NewObject object) {
    boolean isThere =
        switch (state.putIfAbsent(key, object)) {
          case PutResult.Stored _ -> true;
          case PutResult.PreconditionFailed _ -> state.head(key).isPresent();
        };
    if (!isThere) {
      throw new StoreException(key + " was refused as if it were there, and is not");
    }
  }
}
