package io.narthex.cache.admission;

import io.narthex.cache.store.ObjectKey;
import java.util.Collection;

/** Messages to the verifying function itself: its own queue. */
@FunctionalInterface
public interface Messages {
  /**
   * Has the present state of these keys of the cache bucket looked at, at least once and soon. When
   * this returns the messages are durable.
   *
   * @throws io.narthex.cache.store.StoreException if any of them could not be sent
   */
  void lookAt(Collection<ObjectKey> keys);
}
