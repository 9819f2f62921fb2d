package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import java.time.Instant;

/** By what it is seen that an object has not changed. */
record Identity(String etag, VersionId version, long size, Instant lastModified) {
  Identity {
    requireNonNull(etag, "etag is null");
    requireNonNull(version, "version is null");
    requireNonNull(lastModified, "lastModified is null");
  }

  /** Whether it would be another if the object changed. */
  boolean isTold() {
    return !etag.equals(AuditedCache.UNTOLD.value());
  }

  static Identity of(StoredObject object) {
    return new Identity(
        object.etag().value(), object.version(), object.size(), object.lastModified());
  }
}
