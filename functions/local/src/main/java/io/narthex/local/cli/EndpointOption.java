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
import picocli.CommandLine.Option;

/** The options about a store that somebody else runs. */
final class EndpointOption {
  private static final Duration DEFAULT_POLL = Duration.ofSeconds(30);

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "An S3-compatible store to use in place of the embedded one.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile with the credentials (default: AWS's default chain).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--region",
      defaultValue = "us-east-1",
      description = "Region of the store (default: ${DEFAULT-VALUE}).")
  private String region = "";

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

  /** Whether there is such a store. */
  boolean isGiven() {
    return endpoint.isPresent();
  }

  /**
   * The store that they name; empty for the embedded one.
   *
   * @throws CannotException if they are about a store that none of them names
   */
  Optional<ExternalStore> store(String bucket) {
    boolean isAbout =
        Stream.of(profile, stateBucket, webhookSecret, poll, policy).anyMatch(Optional::isPresent);
    if (endpoint.isEmpty() && isAbout) {
      throw new CannotException(
          "--profile, --state-bucket, --webhook-secret-file, --poll and --policy go with"
              + " --endpoint");
    }
    return endpoint.map(url -> store(url, bucket));
  }

  private ExternalStore store(URI url, String bucket) {
    Optional<WebhookConfig> webhook =
        webhookSecret.map(file -> WebhookConfig.parse(webhookListen, secret(file)));
    Optional<Duration> every = poll.map(Duration::ofSeconds);
    return new ExternalStore(
        new S3Access(region, Optional.of(url), Optional.empty(), profile, pathStyle),
        bucket,
        stateBucket.orElse(bucket + "-state"),
        webhook,
        webhook.isPresent() ? every : every.or(() -> Optional.of(DEFAULT_POLL)),
        policy);
  }

  private static WebhookSecret secret(Path file) {
    try {
      return new WebhookSecret(Files.readString(file));
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
