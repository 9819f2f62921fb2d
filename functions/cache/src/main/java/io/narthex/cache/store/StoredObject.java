package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store says about one version of one object.
 *
 * @param size in bytes, as stored (encoded, if there is a content encoding)
 * @param contentEncoding the {@code Content-Encoding} header the uploader sent, if any; never
 *     {@code aws-chunked}
 */
public record StoredObject(
    ObjectKey key,
    VersionId version,
    ETag etag,
    long size,
    Instant lastModified,
    Optional<String> contentType,
    Optional<String> contentEncoding) {
  public StoredObject {
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
    requireNonNull(etag, "etag is null");
    requireNonNull(lastModified, "lastModified is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(contentEncoding, "contentEncoding is null");
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
  }
}
