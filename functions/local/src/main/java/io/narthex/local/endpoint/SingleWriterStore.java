package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ForwardingStore;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * A bucket of a store that does not hold to the conditions of a write: each is looked at here,
 * under a lock of this process, and then the object is written without. Between the threads of one
 * process that is as good; a writer elsewhere is not seen between the look and the write.
 *
 * <p>Ceph RGW 16 needs it for versioned buckets: {@code If-None-Match: *} always holds there, and
 * {@code If-Match} never does.
 */
public final class SingleWriterStore extends ForwardingStore {
  private static final int STRIPES = 64;

  private final S3Client s3;
  private final String bucket;
  private final ReentrantLock[] locks =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** The client stays the caller's to close. One object for a bucket in the whole process. */
  public SingleWriterStore(S3Client s3, String bucket) {
    super(new S3VersionedStore(s3, bucket));
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return put(key, object, Optional.empty());
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return put(key, object, Optional.of(expected));
  }

  private PutResult put(ObjectKey key, NewObject object, Optional<ETag> expected) {
    ReentrantLock lock = locks[Math.floorMod(key.hashCode(), STRIPES)];
    lock.lock();
    try {
      return head(key).map(StoredObject::etag).equals(expected)
          ? write(key, object)
          : new PutResult.PreconditionFailed();
    } finally {
      lock.unlock();
    }
  }

  private PutResult write(ObjectKey key, NewObject object) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key.value())
            .contentType(object.contentType());
    if (!object.tags().values().isEmpty()) {
      request.tagging(Tagging.builder().tagSet(tags(object).toList()).build());
    }
    try {
      PutObjectResponse put = s3.putObject(request.build(), RequestBody.fromBytes(object.bytes()));
      return new PutResult.Stored(version(put), new ETag(put.eTag().replace("\"", "")));
    } catch (SdkException e) {
      throw new StoreException("PutObject " + key, e);
    }
  }

  private static Stream<Tag> tags(NewObject object) {
    return object.tags().values().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build());
  }

  private static VersionId version(PutObjectResponse put) {
    return Optional.ofNullable(put.versionId())
        .filter(id -> !id.isEmpty())
        .map(VersionId::new)
        .orElse(VersionId.UNVERSIONED);
  }
}
