package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** A bucket that does all as another does it; whoever extends this does some of it otherwise. */
public abstract class ForwardingStore implements VersionedStore {
  private final VersionedStore store;

  /** Over this bucket. */
  protected ForwardingStore(VersionedStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return store.open(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return store.open(key, version);
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return store.read(key, from, length);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return store.head(key);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return store.putIfAbsent(key, object);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return store.putIfMatch(key, expected, object);
  }

  @Override
  public void delete(ObjectKey key) {
    store.delete(key);
  }

  @Override
  public void delete(ObjectKey key, VersionId version) {
    store.delete(key, version);
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    return store.list(prefix, startAfter, max);
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return store.tags(key);
  }

  @Override
  public Optional<Tags> tags(ObjectKey key, VersionId version) {
    return store.tags(key, version);
  }

  @Override
  public boolean tag(ObjectKey key, VersionId version, Tags tags) {
    return store.tag(key, version, tags);
  }

  @Override
  public List<VersionId> versions(ObjectKey key) {
    return store.versions(key);
  }

  @Override
  public List<VersionId> versionsInPlace(ObjectKey key) {
    return store.versionsInPlace(key);
  }
}
