package io.narthex.cache.audit;

import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.SamplePath;
import java.util.Optional;
import java.util.function.Consumer;

/** A cache whose listing is known and never fails. */
record ListedCache(AuditedCache cache, SamplePath path) implements AuditedCache {
  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return cache.head(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return cache.open(key);
  }

  @Override
  public boolean isListable() {
    return true;
  }

  @Override
  public void list(Consumer<StorePathHash> each) {
    each.accept(path.storePath().hash());
  }

  @Override
  public boolean isRemote() {
    return cache.isRemote();
  }

  @Override
  public int requestsAtOnce() {
    return cache.requestsAtOnce();
  }
}
