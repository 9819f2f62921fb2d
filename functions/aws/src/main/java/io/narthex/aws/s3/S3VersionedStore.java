package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket with S3 Versioning on. */
public final class S3VersionedStore implements VersionedStore {
  private final S3Client s3;
  private final String bucket;
  private final S3ObjectStore current;

  /** The client stays the caller's to close. */
  public S3VersionedStore(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.current = new S3ObjectStore(s3, bucket);
  }

  /** Whether S3 Versioning is on, so that what is said of a version stays true. */
  public boolean isVersioned() {
    return new S3Call("GetBucketVersioning", bucket)
            .answer(() -> s3.getBucketVersioning(get -> get.bucket(bucket)))
            .status()
        == BucketVersioningStatus.ENABLED;
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return new S3Call("GetObject", key.value())
        .find(
            () ->
                s3.getObject(get -> get.bucket(bucket).key(key.value()).versionId(version.value())))
        .map(answer -> S3Answers.content(key, answer));
  }

  // One answer names the version and its tags, so they belong together. Ceph RGW leaves the version
  // out: then the one that is current now is asked for by its name.
  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return new S3Call("GetObjectTagging", key.value())
        .find(() -> s3.getObjectTagging(get -> get.bucket(bucket).key(key.value())))
        .flatMap(
            answer ->
                answer.versionId() == null
                    ? tagsOfCurrent(key)
                    : Optional.of(
                        new TaggedVersion(
                            S3Answers.version(answer.versionId()),
                            S3Answers.tags(answer.tagSet()))));
  }

  private Optional<TaggedVersion> tagsOfCurrent(ObjectKey key) {
    return head(key)
        .map(StoredObject::version)
        .flatMap(version -> tags(key, version).map(tags -> new TaggedVersion(version, tags)));
  }

  @Override
  public Optional<Tags> tags(ObjectKey key, VersionId version) {
    return new S3Call("GetObjectTagging", key.value())
        .find(
            () ->
                s3.getObjectTagging(
                    get -> get.bucket(bucket).key(key.value()).versionId(version.value())))
        .map(answer -> S3Answers.tags(answer.tagSet()));
  }

  @Override
  public boolean tag(ObjectKey key, VersionId version, Tags tags) {
    return new S3Call("PutObjectTagging", key.value())
        .find(
            () ->
                s3.putObjectTagging(
                    put ->
                        put.bucket(bucket)
                            .key(key.value())
                            .versionId(version.value())
                            .tagging(S3Answers.tagging(tags))))
        .isPresent();
  }

  @Override
  public void delete(ObjectKey key, VersionId version) {
    new S3Call("DeleteObject", key.value())
        .find(
            () ->
                s3.deleteObject(
                    delete -> delete.bucket(bucket).key(key.value()).versionId(version.value())));
  }

  @Override
  public List<VersionId> versions(ObjectKey key) {
    return new VersionListing(s3, bucket, key).all();
  }

  @Override
  public List<VersionId> versionsInPlace(ObjectKey key) {
    return new VersionListing(s3, bucket, key).inPlace();
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return current.head(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return current.open(key);
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return current.read(key, from, length);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return current.putIfAbsent(key, object);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return current.putIfMatch(key, expected, object);
  }

  @Override
  public void delete(ObjectKey key) {
    current.delete(key);
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    return current.list(prefix, startAfter, max);
  }
}
