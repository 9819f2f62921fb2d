package io.narthex.serve;

import io.narthex.aws.oidc.JoseSignatures;
import io.narthex.aws.oidc.LoopbackIssuers;
import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3PublicAccessSource;
import io.narthex.aws.s3.S3VerifiedStore;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.read.CurrentBucketPolicy;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.Reads;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.S3Client;

/** The function's objects, put together by hand. */
final class ServeWiring {
  private ServeWiring() {}

  static ServeParts parts(ServeConfig config, PolicyAlarm alarm) {
    Clock clock = Clock.systemUTC();
    S3Client s3 = S3Clients.client(config.s3());
    ObjectStore state = new S3ObjectStore(s3, config.stateBucket());
    var cache = new S3VerifiedStore(s3, S3Clients.presigner(config.s3()), config.cacheBucket());
    var policies =
        new CurrentBucketPolicy(
            new S3BucketPolicySource(s3, config.cacheBucket()),
            new S3PublicAccessSource(s3, config.cacheBucket()),
            alarm,
            clock);
    var reads =
        new Reads(
            new ReadPorts(
                cache,
                state,
                policies,
                new StoredSettings(state, clock),
                clock,
                duration -> LockSupport.parkNanos(duration.toNanos()),
                config.url()),
            config.policyBucket());
    return new ServeParts(
        header ->
            header.isEmpty() ? Authenticated.NOBODY : new Refused("no credentials are taken yet"),
        reads,
        TokenWiring.door(
            config,
            state,
            new StoredPrincipals(state, _ -> {}, clock),
            new JoseSignatures(LoopbackIssuers.REFUSED, clock),
            clock));
  }
}
