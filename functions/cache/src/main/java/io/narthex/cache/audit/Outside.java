package io.narthex.cache.audit;

import io.narthex.nix.path.StorePath;

/** Asks about references to paths that are not among those audited. Safe for several threads. */
@FunctionalInterface
public interface Outside {
  /**
   * Whether such a reference counts: an upstream cache has it, say.
   *
   * @throws io.narthex.cache.store.StoreException if it could not find out
   */
  boolean contains(StorePath path);
}
