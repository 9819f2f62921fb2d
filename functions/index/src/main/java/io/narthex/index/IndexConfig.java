package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.Environment;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the function must be told.
 *
 * @param cacheBucket name of the bucket that clients upload to
 * @param stateBucket name of the bucket with the index
 * @param metrics their namespace in CloudWatch; none are logged without it
 * @param rebuild ARN of the state machine that rebuilds the index; nothing is started without it
 * @param states where Step Functions is, if not at AWS
 */
public record IndexConfig(
    S3Access s3,
    String cacheBucket,
    String stateBucket,
    Optional<String> metrics,
    Optional<String> rebuild,
    Optional<URI> states) {
  public IndexConfig {
    requireNonNull(s3, "s3 is null");
    requireNonNull(cacheBucket, "cacheBucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(rebuild, "rebuild is null");
    requireNonNull(states, "states is null");
  }

  /**
   * Reads {@code AWS_REGION}, {@code NARTHEX_CACHE_BUCKET}, {@code NARTHEX_STATE_BUCKET}, and
   * optionally {@code NARTHEX_METRICS}, {@code NARTHEX_INDEX_REBUILD}, {@code AWS_ENDPOINT_URL_SFN}
   * or {@code AWS_ENDPOINT_URL}, {@code NARTHEX_S3_ENDPOINT} and {@code NARTHEX_S3_ACCESS_KEY_ID}
   * with {@code NARTHEX_S3_SECRET_ACCESS_KEY}.
   *
   * @throws io.narthex.aws.env.InvalidEnvironmentException naming all that is wrong
   */
  public static IndexConfig from(Map<String, String> variables) {
    var environment = new Environment(variables);
    var region = environment.required("AWS_REGION");
    var cache = environment.required("NARTHEX_CACHE_BUCKET");
    var state = environment.required("NARTHEX_STATE_BUCKET");
    var metrics = environment.optional("NARTHEX_METRICS", Function.identity());
    var rebuild = environment.optional("NARTHEX_INDEX_REBUILD", Function.identity());
    var states = environment.optional("AWS_ENDPOINT_URL_SFN", URI::create);
    var services = environment.optional("AWS_ENDPOINT_URL", URI::create);
    var endpoint = environment.optional("NARTHEX_S3_ENDPOINT", URI::create);
    var credentials =
        environment.optionalPair(
            "NARTHEX_S3_ACCESS_KEY_ID", "NARTHEX_S3_SECRET_ACCESS_KEY", StaticCredentials::new);
    environment.check();
    return new IndexConfig(
        new S3Access(region.get(), endpoint.get(), credentials.get()),
        cache.get(),
        state.get(),
        metrics.get(),
        rebuild.get(),
        states.get().or(services::get));
  }
}
