package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.provision.BucketControls;
import io.narthex.cache.provision.BucketSetup;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The settings of a bucket, by the calls that AWS has for each. */
public final class S3BucketControls implements BucketControls {
  private static final String FIRST_REGION = "us-east-1";
  private static final String DEFAULT_OWNERSHIP = "ObjectWriter";
  private static final String DEFAULT_ENCRYPTION = "AES256";

  private final S3Client s3;
  private final String bucket;

  /** The client stays the caller's to close. */
  public S3BucketControls(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  @Override
  public BucketSetup setup() {
    return new BucketSetup(region(), isVersioned(), ownership(), encryption());
  }

  @Override
  public boolean isEventBridgeOn() {
    return found(
            "GetBucketNotificationConfiguration",
            "NoSuchBucket",
            () -> s3.getBucketNotificationConfiguration(get -> get.bucket(bucket)))
        .map(GetBucketNotificationConfigurationResponse::eventBridgeConfiguration)
        .isPresent();
  }

  // One document holds everybody's notifications: what is read is written back, with ours in it.
  @Override
  public void eventBridge(boolean on) {
    GetBucketNotificationConfigurationResponse now =
        call("GetBucketNotificationConfiguration")
            .answer(() -> s3.getBucketNotificationConfiguration(get -> get.bucket(bucket)));
    NotificationConfiguration.Builder changed =
        NotificationConfiguration.builder()
            .topicConfigurations(now.topicConfigurations())
            .queueConfigurations(now.queueConfigurations())
            .lambdaFunctionConfigurations(now.lambdaFunctionConfigurations());
    if (on) {
      changed.eventBridgeConfiguration(EventBridgeConfiguration.builder().build());
    }
    // The destinations of others are not ours to try.
    var _ =
        call("PutBucketNotificationConfiguration")
            .answer(
                () ->
                    s3.putBucketNotificationConfiguration(
                        put ->
                            put.bucket(bucket)
                                .notificationConfiguration(changed.build())
                                .skipDestinationValidation(true)));
  }

  /** The oldest region has no name here, and Ireland may have its old one. */
  private String region() {
    String location =
        call("GetBucketLocation")
            .answer(() -> s3.getBucketLocation(get -> get.bucket(bucket)))
            .locationConstraintAsString();
    return switch (location) {
      case null -> FIRST_REGION;
      case "" -> FIRST_REGION;
      case "EU" -> "eu-west-1";
      default -> location;
    };
  }

  private boolean isVersioned() {
    return call("GetBucketVersioning")
            .answer(() -> s3.getBucketVersioning(get -> get.bucket(bucket)))
            .status()
        == BucketVersioningStatus.ENABLED;
  }

  private String ownership() {
    return found(
            "GetBucketOwnershipControls",
            "OwnershipControlsNotFoundError",
            () -> s3.getBucketOwnershipControls(get -> get.bucket(bucket)))
        .map(answer -> answer.ownershipControls().rules().getFirst().objectOwnershipAsString())
        .orElse(DEFAULT_OWNERSHIP);
  }

  private String encryption() {
    return found(
            "GetBucketEncryption",
            "ServerSideEncryptionConfigurationNotFoundError",
            () -> s3.getBucketEncryption(get -> get.bucket(bucket)))
        .map(
            answer ->
                answer
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .getFirst()
                    .applyServerSideEncryptionByDefault()
                    .sseAlgorithmAsString())
        .orElse(DEFAULT_ENCRYPTION);
  }

  /** The answer; empty if the refusal has this code, which says that there is nothing. */
  private <T> Optional<T> found(String operation, String nothing, Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (S3Exception e) {
      AwsErrorDetails details = e.awsErrorDetails();
      if (details != null && nothing.equals(details.errorCode())) {
        return Optional.empty();
      }
      throw call(operation).failed(e);
    } catch (SdkException e) {
      throw call(operation).failed(e);
    }
  }

  private S3Call call(String operation) {
    return new S3Call(operation, bucket);
  }
}
