package io.narthex.cache.audit;

import io.narthex.nix.narinfo.NarInfo;

/** What was seen of one NAR, for all narinfos that say to read it in the same way. */
@FunctionalInterface
interface SeenNar {
  /**
   * What one of them is to know.
   *
   * @throws io.narthex.cache.store.StoreException if that could not be found out
   */
  NarSeen of(NarInfo narInfo);
}
