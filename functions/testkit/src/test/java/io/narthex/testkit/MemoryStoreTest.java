package io.narthex.testkit;

import io.narthex.cache.store.VersionedStore;

/** The fake keeps the contract of the port. */
class MemoryStoreTest extends VersionedStoreContract {
  private final MemoryStore store = new MemoryStore(new MovableClock());

  @Override
  protected VersionedStore store() {
    return store;
  }
}
