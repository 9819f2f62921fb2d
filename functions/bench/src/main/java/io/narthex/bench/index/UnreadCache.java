package io.narthex.bench.index;

import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A cache bucket that queries have no business with: the index answers them. */
final class UnreadCache implements VerifiedStore {
  private static IllegalStateException read(ObjectKey key) {
    return new IllegalStateException("a query read " + key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    throw read(key);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    throw read(key);
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    throw read(key);
  }

  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    throw read(key);
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    throw read(verified.key());
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    throw read(verified.key());
  }
}
