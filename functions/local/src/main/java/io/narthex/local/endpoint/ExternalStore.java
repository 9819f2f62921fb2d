package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.cache.login.StsHosts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An S3-compatible store as a user names it. It has at least one way to tell of uploads.
 *
 * @param access where it is, and as whom it is asked; it has an endpoint
 * @param bucket name of the cache bucket
 * @param stateBucket name of the bucket with reports and settings
 * @param webhook where the store pushes its notifications to, if it does
 * @param poll the time from one listing of the bucket to the next, if it is listed
 * @param policy a file with the bucket policy; empty to ask the store for its own
 * @param sts where callers that log in are asked about; empty if nobody can
 */
public record ExternalStore(
    S3Access access,
    String bucket,
    String stateBucket,
    Optional<WebhookConfig> webhook,
    Optional<Duration> poll,
    Optional<Path> policy,
    Optional<URI> sts) {
  public ExternalStore {
    requireNonNull(access, "access is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
    requireNonNull(webhook, "webhook is null");
    requireNonNull(poll, "poll is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(sts, "sts is null");
    sts.ifPresent(StsHosts::at);
    if (access.endpoint().isEmpty()) {
      throw new IllegalArgumentException("an external store has an endpoint");
    }
    if (bucket.equals(stateBucket)) {
      throw new IllegalArgumentException("reports do not belong in the cache bucket: " + bucket);
    }
    if (webhook.isEmpty() && poll.isEmpty()) {
      throw new IllegalArgumentException("nothing would tell of uploads: no webhook, no poll");
    }
    if (poll.filter(every -> !every.isPositive()).isPresent()) {
      throw new IllegalArgumentException("no time between two listings: " + poll.get());
    }
  }
}
