package io.narthex.local.cli.policy;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3Clients;
import io.narthex.cache.read.StoredPolicy;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Where a bucket is whose policy is read, and as whom. */
final class BucketOption {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The S3 that has the bucket, e.g. $NARTHEX_S3 of a running host (default: AWS).")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "${env:AWS_REGION:-us-east-1}",
      description = "The bucket's region (default: AWS_REGION, or us-east-1).")
  private String region = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of your AWS configuration to use (default: as AWS's own tools).")
  private Optional<String> profile = Optional.empty();

  /** The bucket's policy, by {@code GetBucketPolicy}; empty if it has none. */
  Optional<String> policyOf(String bucket) {
    var access = new S3Access(region, endpoint, Optional.empty(), profile, endpoint.isPresent());
    try (S3Client s3 = S3Clients.client(access)) {
      return switch (new S3BucketPolicySource(s3, bucket).read()) {
        case StoredPolicy.Text(var json) -> Optional.of(json);
        case StoredPolicy.None _ -> Optional.empty();
        case StoredPolicy.Refused(var reason) ->
            throw new IllegalStateException(
                "the policy of " + bucket + " cannot be had: " + reason);
      };
    }
  }
}
