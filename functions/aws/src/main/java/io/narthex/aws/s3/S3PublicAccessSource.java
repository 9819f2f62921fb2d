package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.PublicAccessSource;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Block Public Access of the bucket, by {@code GetPublicAccessBlock}. That of the account, which S3
 * adds to it, is another service's to tell: {@link S3Control}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html">GetPublicAccessBlock</a>
 */
public final class S3PublicAccessSource implements PublicAccessSource {
  private static final String OPERATION = "GetPublicAccessBlock";

  private final S3Client s3;
  private final String bucket;

  /** The client stays the caller's to close. */
  public S3PublicAccessSource(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  @Override
  public Restriction restrictsPublicBuckets() {
    try {
      return of(s3.getPublicAccessBlock(get -> get.bucket(bucket)));
    } catch (S3Exception e) {
      return of(e).orElseThrow(() -> failed(e));
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  private static Restriction of(GetPublicAccessBlockResponse answer) {
    PublicAccessBlockConfiguration block = answer.publicAccessBlockConfiguration();
    return block != null && Boolean.TRUE.equals(block.restrictPublicBuckets())
        ? Restriction.ON
        : Restriction.OFF;
  }

  // Stores other than AWS may not have the setting at all, and say so in several ways.
  private static Optional<Restriction> of(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return switch (e.statusCode()) {
      case 404 -> code.equals("NoSuchBucket") ? Optional.empty() : Optional.of(Restriction.OFF);
      case 405, 501 -> Optional.of(Restriction.OFF);
      case 403 -> Optional.of(Restriction.UNKNOWN);
      default -> code.equals("NotImplemented") ? Optional.of(Restriction.OFF) : Optional.empty();
    };
  }

  private RuntimeException failed(SdkException e) {
    return new S3Call(OPERATION, bucket).failed(e);
  }
}
