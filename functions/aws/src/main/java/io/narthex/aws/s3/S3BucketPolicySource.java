package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.BucketPolicySource;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;

/** The policy by {@code GetBucketPolicy}. */
public final class S3BucketPolicySource implements BucketPolicySource {
  private final S3Client s3;
  private final String bucket;

  /** The client stays the caller's to close. */
  public S3BucketPolicySource(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  // The only absence is NoSuchBucketPolicy, a 404; a missing bucket is one of the environment.
  @Override
  public Optional<String> read() {
    return new S3Call("GetBucketPolicy", bucket)
        .find(() -> s3.getBucketPolicy(get -> get.bucket(bucket)))
        .map(GetBucketPolicyResponse::policy);
  }
}
