package io.narthex.cache.index;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.util.Set;

/** The index could not be told of some paths: their messages must come again, and no others. */
public final class UnwrittenException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final transient Set<StorePathHash> hashes;

  UnwrittenException(Set<StorePathHash> hashes, StoreException first) {
    super(hashes.size() + " paths of the index are not written", first);
    this.hashes = Set.copyOf(hashes);
  }

  /** The paths. */
  public Set<StorePathHash> hashes() {
    return hashes;
  }
}
