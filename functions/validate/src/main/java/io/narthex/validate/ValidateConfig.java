package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.Environment;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.aws.signing.SigningKey;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the function must be told.
 *
 * @param cacheBucket name of the bucket that clients upload to
 * @param stateBucket name of the bucket with reports, marks and settings
 * @param queueUrl of the function's own queue
 * @param indexQueueUrl of the queue of the function that keeps the index
 * @param eventBus that is told of verdicts; none is without it
 * @param metrics their namespace in CloudWatch; none are logged without it
 * @param signingKey what verified paths are signed with; they are not signed without it
 */
public record ValidateConfig(
    S3Access s3,
    String cacheBucket,
    String stateBucket,
    String queueUrl,
    String indexQueueUrl,
    Optional<String> eventBus,
    Optional<String> metrics,
    Optional<SigningKey> signingKey) {
  public ValidateConfig {
    requireNonNull(s3, "s3 is null");
    requireNonNull(cacheBucket, "cacheBucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
    requireNonNull(queueUrl, "queueUrl is null");
    requireNonNull(indexQueueUrl, "indexQueueUrl is null");
    requireNonNull(eventBus, "eventBus is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(signingKey, "signingKey is null");
  }

  /**
   * Reads {@code AWS_REGION}, {@code NARTHEX_CACHE_BUCKET}, {@code NARTHEX_STATE_BUCKET}, {@code
   * NARTHEX_QUEUE_URL}, {@code NARTHEX_INDEX_QUEUE_URL}, and optionally {@code NARTHEX_EVENT_BUS},
   * {@code NARTHEX_METRICS}, {@code NARTHEX_SIGNING_KEY} (an ARN) with {@code
   * NARTHEX_SIGNING_KEY_NAME}, {@code NARTHEX_S3_ENDPOINT} and {@code NARTHEX_S3_ACCESS_KEY_ID}
   * with {@code NARTHEX_S3_SECRET_ACCESS_KEY}.
   *
   * @throws io.narthex.aws.env.InvalidEnvironmentException naming all that is wrong
   */
  public static ValidateConfig from(Map<String, String> variables) {
    var environment = new Environment(variables);
    var region = environment.required("AWS_REGION");
    var cache = environment.required("NARTHEX_CACHE_BUCKET");
    var state = environment.required("NARTHEX_STATE_BUCKET");
    var queue = environment.required("NARTHEX_QUEUE_URL");
    var indexQueue = environment.required("NARTHEX_INDEX_QUEUE_URL");
    var eventBus = environment.optional("NARTHEX_EVENT_BUS", Function.identity());
    var metrics = environment.optional("NARTHEX_METRICS", Function.identity());
    var signingKey =
        environment.optionalPair("NARTHEX_SIGNING_KEY", "NARTHEX_SIGNING_KEY_NAME", SigningKey::of);
    var endpoint = environment.optional("NARTHEX_S3_ENDPOINT", URI::create);
    var credentials =
        environment.optionalPair(
            "NARTHEX_S3_ACCESS_KEY_ID", "NARTHEX_S3_SECRET_ACCESS_KEY", StaticCredentials::new);
    environment.check();
    return new ValidateConfig(
        new S3Access(region.get(), endpoint.get(), credentials.get()),
        cache.get(),
        state.get(),
        queue.get(),
        indexQueue.get(),
        eventBus.get(),
        metrics.get(),
        signingKey.get());
  }
}
