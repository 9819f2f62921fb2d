package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.StoredPolicy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The policy by {@code GetBucketPolicy}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html">GetBucketPolicy</a>
 */
public final class S3BucketPolicySource implements BucketPolicySource {
  private static final String OPERATION = "GetBucketPolicy";
  private static final int FORBIDDEN = 403;

  /** To a caller of another account than the bucket's, whatever it is allowed. */
  private static final int METHOD_NOT_ALLOWED = 405;

  private final S3Client s3;
  private final String bucket;

  /** The client stays the caller's to close. */
  public S3BucketPolicySource(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  // The only absence is NoSuchBucketPolicy, a 404; a missing bucket is one of the environment.
  @Override
  public StoredPolicy read() {
    try {
      return new StoredPolicy.Text(s3.getBucketPolicy(get -> get.bucket(bucket)).policy());
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN || e.statusCode() == METHOD_NOT_ALLOWED) {
        return new StoredPolicy.Refused("S3 answers " + OPERATION + " with " + e.statusCode());
      }
      if (S3Failure.of(e) == S3Failure.ABSENT) {
        return new StoredPolicy.None();
      }
      throw call().failed(e);
    } catch (SdkException e) {
      throw call().failed(e);
    }
  }

  private S3Call call() {
    return new S3Call(OPERATION, bucket);
  }
}
