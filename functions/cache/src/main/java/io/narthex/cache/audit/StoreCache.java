package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoredObject;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** A cache in a bucket, or under a prefix of one. */
public final class StoreCache implements AuditedCache {
  private final ObjectStore store;
  private final String prefix;
  private final int requestsAtOnce;

  /**
   * @param prefix of all keys, with its slash; may be empty
   */
  public StoreCache(ObjectStore store, String prefix, int requestsAtOnce) {
    this.store = requireNonNull(store, "store is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.requestsAtOnce = requestsAtOnce;
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return store.head(below(key));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return store.open(below(key));
  }

  @Override
  public boolean isListable() {
    return true;
  }

  @Override
  public void list(Consumer<StorePathHash> each) {
    list(each, (nar, size) -> {});
  }

  @Override
  public boolean list(Consumer<StorePathHash> narInfos, ObjLongConsumer<NarPath> nars) {
    ListPage page;
    Optional<ObjectKey> after = Optional.empty();
    do {
      page = store.list(prefix, after, ObjectStore.MAX_PAGE);
      page.entries().forEach(entry -> tell(entry, narInfos, nars));
      after = page.entries().isEmpty() ? after : Optional.of(page.entries().getLast().key());
    } while (page.more());
    return true;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public int requestsAtOnce() {
    return requestsAtOnce;
  }

  private ObjectKey below(ObjectKey key) {
    return prefix.isEmpty() ? key : new ObjectKey(prefix + key.value());
  }

  private void tell(
      ListPage.Entry entry, Consumer<StorePathHash> narInfos, ObjLongConsumer<NarPath> nars) {
    switch (CachePath.parse(entry.key().value().substring(prefix.length())).orElse(null)) {
      case NarInfoPath narInfo -> narInfos.accept(narInfo.hash());
      case NarPath nar -> nars.accept(nar, entry.size());
      case null, default -> {}
    }
  }
}
