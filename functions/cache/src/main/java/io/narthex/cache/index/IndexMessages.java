package io.narthex.cache.index;

import io.narthex.nix.path.StorePathHash;
import java.util.Collection;

/** Messages to the function that keeps the index: its queue. */
@FunctionalInterface
public interface IndexMessages {
  /**
   * Has the index say of these paths what is so, at least once and soon. When this returns the
   * messages are durable.
   *
   * @throws io.narthex.cache.store.StoreException if any of them could not be sent
   */
  void look(Collection<StorePathHash> hashes);
}
