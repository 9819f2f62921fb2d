package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket on S3, or on a store that speaks its protocol. */
public final class S3ObjectStore implements ObjectStore {
  /** What S3 answers to a range that begins after the last byte. */
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client s3;
  private final String bucket;
  private final ConditionalPut.Pause pause;

  /** The client stays the caller's to close. */
  public S3ObjectStore(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.pause = duration -> LockSupport.parkNanos(duration.toNanos());
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return new S3Call("HeadObject", key.value())
        .find(() -> s3.headObject(head -> head.bucket(bucket).key(key.value())))
        .map(head -> S3Answers.stored(key, head));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return new S3Call("GetObject", key.value())
        .find(() -> s3.getObject(get -> get.bucket(bucket).key(key.value())))
        .map(answer -> S3Answers.content(key, answer));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return new S3Call("GetObject", key.value()).find(() -> part(key, from, length));
  }

  private byte[] part(ObjectKey key, long from, int length) {
    String range = "bytes=%d-%d".formatted(from, from + length - 1);
    try {
      ResponseBytes<GetObjectResponse> answer =
          s3.getObjectAsBytes(get -> get.bucket(bucket).key(key.value()).range(range));
      if (answer.response().contentRange() == null) {
        throw new StoreException("the store sends all of " + key + " in place of a part");
      }
      return answer.asByteArrayUnsafe();
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return new byte[0];
      }
      throw e;
    }
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return put(key, object, request(key, object).ifNoneMatch("*"));
  }

  // Without quotes: AWS takes either, Ceph RGW only this.
  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return put(key, object, request(key, object).ifMatch(expected.value()));
  }

  @Override
  public void delete(ObjectKey key) {
    new S3Call("DeleteObject", key.value())
        .find(() -> s3.deleteObject(delete -> delete.bucket(bucket).key(key.value())));
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .maxKeys(Math.min(max, MAX_PAGE));
    startAfter.ifPresent(key -> request.startAfter(key.value()));
    ListObjectsV2Response page =
        new S3Call("ListObjectsV2", prefix).answer(() -> s3.listObjectsV2(request.build()));
    return new ListPage(
        page.contents().stream().map(S3ObjectStore::entry).toList(),
        Boolean.TRUE.equals(page.isTruncated()));
  }

  private PutObjectRequest.Builder request(ObjectKey key, NewObject object) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key.value())
            .contentType(object.contentType());
    S3Answers.tagging(object).ifPresent(request::tagging);
    return request;
  }

  private PutResult put(ObjectKey key, NewObject object, PutObjectRequest.Builder request) {
    return new ConditionalPut(new S3Call("PutObject", key.value()), pause)
        .put(
            () ->
                S3Answers.stored(
                    key, s3.putObject(request.build(), RequestBody.fromBytes(object.bytes()))));
  }

  private static ListPage.Entry entry(S3Object object) {
    return new ListPage.Entry(new ObjectKey(object.key()), object.size(), object.lastModified());
  }
}
