package io.narthex.bench.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A store that takes a while to answer, as S3 does; as many may wait at the same time as like. */
record DelayedStore(ObjectStore store, Duration delay) implements ObjectStore {
  DelayedStore {
    requireNonNull(store, "store is null");
    requireNonNull(delay, "delay is null");
  }

  private ObjectStore later() {
    long until = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return store;
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return later().head(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return later().open(key);
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return later().read(key, from, length);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return later().putIfAbsent(key, object);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return later().putIfMatch(key, expected, object);
  }

  @Override
  public void delete(ObjectKey key) {
    later().delete(key);
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    return later().list(prefix, startAfter, max);
  }
}
