package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The cache bucket under the serving function's role, which may read verified versions only. */
public final class S3VerifiedStore implements VerifiedStore {
  private final S3Client s3;
  private final PresignedGets presigned;
  private final String bucket;
  private final S3VersionedStore versions;

  /** Client and presigner stay the caller's to close; both must have the serving role. */
  public S3VerifiedStore(S3Client s3, S3Presigner presigner, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.presigned = new PresignedGets(presigner);
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.versions = new S3VersionedStore(s3, bucket);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return new S3Call("GetObject", key.value())
        .findReadable(() -> s3.getObject(get -> get.bucket(bucket).key(key.value())))
        .map(answer -> S3Answers.content(key, answer));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return new S3Call("HeadObject", key.value())
        .findReadable(() -> s3.headObject(head -> head.bucket(bucket).key(key.value())))
        .map(head -> S3Answers.stored(key, head));
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return versions.tags(key);
  }

  // A HEAD is refused before the verdict, a listing is not; the key is first under itself.
  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    return new S3Call("ListObjectsV2", key.value())
            .answer(
                () -> s3.listObjectsV2(list -> list.bucket(bucket).prefix(key.value()).maxKeys(1)))
            .contents()
            .stream()
            .filter(object -> object.key().equals(key.value()))
            .map(S3Object::lastModified)
            .findFirst();
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    return presigned.of(get(verified).build(), validity);
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    return presigned.of(get(verified).responseContentType(contentType).build(), validity);
  }

  private GetObjectRequest.Builder get(StoredObject verified) {
    return GetObjectRequest.builder()
        .bucket(bucket)
        .key(verified.key().value())
        .versionId(verified.version().value());
  }
}
