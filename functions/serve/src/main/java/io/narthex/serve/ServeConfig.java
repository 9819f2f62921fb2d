package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.Environment;
import io.narthex.aws.oidc.LoopbackIssuers;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.read.CacheBucket;
import io.narthex.policy.AccountId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the function must be told.
 *
 * @param cacheBucket name of the bucket that clients know
 * @param stateBucket name of the bucket with the reports and the settings
 * @param policyBucket the cache bucket as its policy names it
 * @param url of the cache as clients write it, for the page and for those that log in
 * @param sts where callers that log in are asked about, if not at AWS
 * @param metrics their namespace in CloudWatch; none are logged without it
 * @param loopbackIssuers whether OIDC issuers on the same machine are asked
 */
public record ServeConfig(
    S3Access s3,
    String cacheBucket,
    String stateBucket,
    CacheBucket policyBucket,
    Optional<URI> url,
    Optional<URI> sts,
    Optional<String> metrics,
    LoopbackIssuers loopbackIssuers) {
  public ServeConfig {
    requireNonNull(s3, "s3 is null");
    requireNonNull(cacheBucket, "cacheBucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
    requireNonNull(policyBucket, "policyBucket is null");
    requireNonNull(url, "url is null");
    requireNonNull(sts, "sts is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(loopbackIssuers, "loopbackIssuers is null");
  }

  /** The partition of the cache bucket, e.g. {@code aws}. */
  String partition() {
    return policyBucket.arn().split(":", 3)[1];
  }

  /**
   * Reads {@code AWS_REGION}, {@code NARTHEX_CACHE_BUCKET}, {@code NARTHEX_STATE_BUCKET}, {@code
   * NARTHEX_ACCOUNT}, and optionally {@code NARTHEX_PARTITION} ({@code aws}), {@code NARTHEX_URL},
   * {@code NARTHEX_LOOPBACK_ISSUERS} ({@code REFUSED}, or {@code ASKED}), {@code NARTHEX_METRICS},
   * {@code NARTHEX_STS_ENDPOINT}, {@code NARTHEX_S3_ENDPOINT} and {@code NARTHEX_S3_ACCESS_KEY_ID}
   * with {@code NARTHEX_S3_SECRET_ACCESS_KEY}.
   *
   * @throws io.narthex.aws.env.InvalidEnvironmentException naming all that is wrong
   */
  public static ServeConfig from(Map<String, String> variables) {
    var environment = new Environment(variables);
    var region = environment.required("AWS_REGION");
    var cache = environment.required("NARTHEX_CACHE_BUCKET");
    var state = environment.required("NARTHEX_STATE_BUCKET");
    var account = environment.required("NARTHEX_ACCOUNT", AccountId::new);
    var partition = environment.optional("NARTHEX_PARTITION", Function.identity());
    var url = environment.optional("NARTHEX_URL", URI::create);
    var sts = environment.optional("NARTHEX_STS_ENDPOINT", URI::create);
    var metrics = environment.optional("NARTHEX_METRICS", Function.identity());
    var loopback = environment.optional("NARTHEX_LOOPBACK_ISSUERS", LoopbackIssuers::valueOf);
    var endpoint = environment.optional("NARTHEX_S3_ENDPOINT", URI::create);
    var credentials =
        environment.optionalPair(
            "NARTHEX_S3_ACCESS_KEY_ID", "NARTHEX_S3_SECRET_ACCESS_KEY", StaticCredentials::new);
    environment.check();
    return new ServeConfig(
        new S3Access(region.get(), endpoint.get(), credentials.get()),
        cache.get(),
        state.get(),
        new CacheBucket(
            "arn:%s:s3:::%s".formatted(partition.get().orElse("aws"), cache.get()), account.get()),
        url.get(),
        sts.get(),
        metrics.get(),
        loopback.get().orElse(LoopbackIssuers.REFUSED));
  }
}
