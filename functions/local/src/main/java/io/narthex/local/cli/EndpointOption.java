package io.narthex.local.cli;

import io.narthex.aws.s3.S3Access;
import io.narthex.local.endpoint.ExternalStore;
import io.narthex.local.endpoint.WebhookConfig;
import io.narthex.local.endpoint.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options about a store that somebody else runs. */
final class EndpointOption {
  private static final Duration DEFAULT_POLL = Duration.ofSeconds(30);

  @Mixin private final StoreUrlOption endpoint = new StoreUrlOption();
  @Mixin private final AwsOption aws = new AwsOption();

  @Option(
      names = "--state-bucket",
      paramLabel = "BUCKET",
      description = "Bucket for reports and settings (default: the bucket's name and -state).")
  private Optional<String> stateBucket = Optional.empty();

  @Option(
      names = "--no-path-style",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Name the bucket in the host, not in the path.")
  private boolean pathStyle = true;

  @Option(
      names = "--webhook-secret-file",
      paramLabel = "FILE",
      description = "Take notifications from senders that know this secret.")
  private Optional<Path> webhookSecret = Optional.empty();

  @Option(
      names = "--webhook-listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8090",
      description = "Where notifications are taken, port 0 for any (default: ${DEFAULT-VALUE}).")
  private String webhookListen = "";

  @Option(
      names = "--poll",
      paramLabel = "SECONDS",
      description = "List the bucket so often (default: 30 without a webhook, else not at all).")
  private Optional<Integer> poll = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Decide reads by this bucket policy (default: the one that the store has).")
  private Optional<Path> policy = Optional.empty();

  @Option(
      names = "--sts",
      paramLabel = "URL",
      description =
          "Ask this STS about those who log in with AWS credentials (default: nobody can).")
  private Optional<URI> sts = Optional.empty();

  /** Whether there is such a store. */
  boolean isGiven() {
    return endpoint.isGiven();
  }

  /**
   * The store that they name; empty for the embedded one.
   *
   * @throws CannotException if they are about a store that none of them names
   */
  Optional<ExternalStore> store(String bucket) {
    boolean isAbout =
        aws.isGiven()
            || Stream.of(stateBucket, webhookSecret, poll, policy, sts)
                .anyMatch(Optional::isPresent);
    if (!isGiven() && isAbout) {
      throw new CannotException(
          "--region, --profile, --state-bucket, --webhook-secret-file, --poll, --policy and --sts"
              + " go with --endpoint");
    }
    return endpoint.access(aws, pathStyle).map(access -> store(access, bucket));
  }

  private ExternalStore store(S3Access access, String bucket) {
    Optional<WebhookConfig> webhook =
        webhookSecret.map(file -> WebhookConfig.parse(webhookListen, secret(file)));
    Optional<Duration> every = poll.map(Duration::ofSeconds);
    return new ExternalStore(
        access,
        bucket,
        stateBucket.orElse(bucket + "-state"),
        webhook,
        webhook.isPresent() ? every : every.or(() -> Optional.of(DEFAULT_POLL)),
        policy,
        sts);
  }

  private static WebhookSecret secret(Path file) {
    try {
      return new WebhookSecret(Files.readString(file));
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
