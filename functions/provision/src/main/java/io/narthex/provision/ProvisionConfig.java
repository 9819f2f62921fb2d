package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.Environment;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import java.net.URI;
import java.util.Map;

/**
 * What the function must be told.
 *
 * @param cacheBucket name of the bucket that clients know
 * @param stateBucket name of the bucket with the settings
 */
public record ProvisionConfig(S3Access s3, String cacheBucket, String stateBucket) {
  public ProvisionConfig {
    requireNonNull(s3, "s3 is null");
    requireNonNull(cacheBucket, "cacheBucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
  }

  /**
   * Reads {@code AWS_REGION}, {@code NARTHEX_CACHE_BUCKET}, {@code NARTHEX_STATE_BUCKET}, and
   * optionally {@code NARTHEX_S3_ENDPOINT} and {@code NARTHEX_S3_ACCESS_KEY_ID} with {@code
   * NARTHEX_S3_SECRET_ACCESS_KEY}.
   *
   * @throws io.narthex.aws.env.InvalidEnvironmentException naming all that is wrong
   */
  public static ProvisionConfig from(Map<String, String> variables) {
    var environment = new Environment(variables);
    var region = environment.required("AWS_REGION");
    var cache = environment.required("NARTHEX_CACHE_BUCKET");
    var state = environment.required("NARTHEX_STATE_BUCKET");
    var endpoint = environment.optional("NARTHEX_S3_ENDPOINT", URI::create);
    var credentials =
        environment.optionalPair(
            "NARTHEX_S3_ACCESS_KEY_ID", "NARTHEX_S3_SECRET_ACCESS_KEY", StaticCredentials::new);
    environment.check();
    return new ProvisionConfig(
        new S3Access(region.get(), endpoint.get(), credentials.get()), cache.get(), state.get());
  }
}
