package io.narthex.local.cli.policy;

import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3PublicAccessSource;
import io.narthex.aws.stack.DeployedStack;
import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.local.cli.RunningHost;
import io.narthex.local.cli.StackOption;
import io.narthex.local.cli.StoreUrlOption;
import io.narthex.local.host.FoundPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where a bucket policy is: in a file, or on a bucket, which has a name, or is that of a host that
 * runs here or of a stack.
 */
final class SourceOption {
  private static final String BUCKET_NAME = "[a-z0-9.-]{3,63}";
  private static final String ARN = "arn:aws:s3:::";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The policy of the host that runs in this directory.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "The bucket that a policy in a file is of.")
  private Optional<String> bucket = Optional.empty();

  @Mixin private final StackOption stack = new StackOption();
  @Mixin private final StoreUrlOption endpoint = new StoreUrlOption();

  /** Whether they name a bucket without its name. */
  boolean isGiven() {
    return data.isPresent() || stack.isGiven();
  }

  /**
   * The policy that they name.
   *
   * @param named a file or a bucket
   * @param principal the ARN of whom it is to be asked about, if it is about somebody
   * @throws IllegalArgumentException unless exactly one is named
   */
  PolicyAtHand find(Optional<String> named, Optional<String> principal) {
    requireOne(named);
    if (data.isPresent()) {
      Path directory = data.get().toAbsolutePath().normalize();
      return of(RunningHost.in(directory).policy(principal), directory);
    }
    return named.isPresent() ? named(named.get()) : ofStack();
  }

  private void requireOne(Optional<String> named) {
    long given =
        Stream.of(named.isPresent(), data.isPresent(), stack.isGiven()).filter(is -> is).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          given == 0
              ? "whose policy? Name a FILE or a BUCKET, or say --data DIR or --stack NAME"
              : "one of FILE or BUCKET, --data and --stack");
    }
    if (named.isEmpty() && (bucket.isPresent() || endpoint.isGiven())) {
      throw new IllegalArgumentException("--bucket goes with a FILE, --endpoint with a BUCKET");
    }
  }

  private static PolicyAtHand of(FoundPolicy found, Path directory) {
    return new PolicyAtHand(
        "the bucket of " + directory,
        Optional.of(found.bucket().arn()),
        Optional.of(found.bucket().account().digits()),
        found.json(),
        found.publicAccess(),
        found.caller());
  }

  private PolicyAtHand ofStack() {
    try (DeployedStack deployed = stack.deployed().orElseThrow()) {
      String arn = deployed.cacheBucket().arn();
      return new PolicyAtHand(
          arn,
          Optional.of(arn),
          Optional.of(deployed.cacheBucket().account().digits()),
          text(deployed.bucketPolicy(), arn),
          deployed.publicAccess().restrictsPublicBuckets(),
          Optional.empty());
    }
  }

  private PolicyAtHand named(String name) {
    Path file = Path.of(name);
    if (Files.exists(file)) {
      return new PolicyAtHand(
          name,
          bucket.map(ARN::concat),
          Optional.empty(),
          Optional.of(PolicyFile.text(file)),
          Restriction.OFF,
          Optional.empty());
    }
    if (!name.matches(BUCKET_NAME)) {
      throw new IllegalArgumentException("no such file, nor the name of a bucket: " + name);
    }
    try (S3Client s3 = s3()) {
      return new PolicyAtHand(
          name,
          bucket.or(() -> Optional.of(name)).map(ARN::concat),
          Optional.empty(),
          text(new S3BucketPolicySource(s3, name), name),
          new S3PublicAccessSource(s3, name).restrictsPublicBuckets(),
          Optional.empty());
    }
  }

  private S3Client s3() {
    return endpoint
        .access(stack.aws())
        .map(S3Clients::client)
        .orElseGet(() -> stack.aws().access().s3());
  }

  private static Optional<String> text(BucketPolicySource source, String bucket) {
    return switch (source.read()) {
      case StoredPolicy.Text(var json) -> Optional.of(json);
      case StoredPolicy.None _ -> Optional.empty();
      case StoredPolicy.Refused(var reason) ->
          throw new IllegalStateException("the policy of " + bucket + " cannot be had: " + reason);
    };
  }
}
