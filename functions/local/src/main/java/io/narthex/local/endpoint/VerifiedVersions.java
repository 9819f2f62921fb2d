package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.PresignedGets;
import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The cache bucket for readers, by an identity that may read everything: on a store without roles
 * nobody but us holds back what is not verified. So the tags are read first, and then exactly the
 * version that they belong to is given out, or a URL that names it.
 */
public final class VerifiedVersions implements VerifiedStore {
  private final VersionedStore store;
  private final PresignedGets presigned;
  private final String bucket;

  /** The presigner stays the caller's to close. */
  public VerifiedVersions(VersionedStore store, S3Presigner presigner, String bucket) {
    this.store = requireNonNull(store, "store is null");
    this.presigned = new PresignedGets(presigner);
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return verified(key).flatMap(version -> store.open(key, version));
  }

  // Another version that has become current in between is not described.
  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return verified(key)
        .flatMap(version -> store.head(key).filter(now -> now.version().equals(version)));
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return store.tags(key);
  }

  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    return store.head(key).map(StoredObject::lastModified);
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    return presigned.of(get(verified).build(), validity);
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    return presigned.of(get(verified).responseContentType(contentType).build(), validity);
  }

  private Optional<VersionId> verified(ObjectKey key) {
    return store
        .tags(key)
        .filter(current -> VerdictTag.isVerified(current.tags()))
        .map(TaggedVersion::version);
  }

  private GetObjectRequest.Builder get(StoredObject verified) {
    return GetObjectRequest.builder()
        .bucket(bucket)
        .key(verified.key().value())
        .versionId(verified.version().value());
  }
}
