package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket of which the caller may read a part and list nothing: S3 says 403 there to what is
 * absent as well as to what is refused.
 */
public final class S3ReadableObjects {
  private final S3Client s3;
  private final String bucket;

  /** The client stays the caller's to close. */
  public S3ReadableObjects(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  /** The current version of an object; empty if there is none, or none that the caller may read. */
  public Optional<ObjectContent> open(ObjectKey key) {
    return new S3Call("GetObject", key.value())
        .findReadable(() -> s3.getObject(get -> get.bucket(bucket).key(key.value())))
        .map(answer -> S3Answers.content(key, answer));
  }
}
