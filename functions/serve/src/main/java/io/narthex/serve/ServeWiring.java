package io.narthex.serve;

import io.narthex.aws.oidc.JoseSignatures;
import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3Control;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3PublicAccessSource;
import io.narthex.aws.s3.S3VerifiedStore;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.Authenticator;
import io.narthex.cache.principal.DoorAuthenticator;
import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.principal.WebTokenSignatures;
import io.narthex.cache.read.CurrentBucketPolicy;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.S3Client;

/** The function's objects, put together by hand. */
final class ServeWiring {
  private ServeWiring() {}

  static ServeParts parts(ServeConfig config, PolicyAlarm alarm) {
    Clock clock = Clock.systemUTC();
    S3Client s3 = S3Clients.client(config.s3());
    ObjectStore state = new S3ObjectStore(s3, config.stateBucket());
    var principals = new StoredPrincipals(state, alarm::notUnderstood, clock);
    var signatures = new JoseSignatures(config.loopbackIssuers(), clock);
    return new ServeParts(
        authenticator(config, state, principals, signatures, clock),
        ports(config, s3, state, principals, alarm, clock),
        config.policyBucket(),
        TokenWiring.requests(
            config.policyBucket().account(),
            state,
            principals,
            signatures,
            Optional.of(sts(config)),
            config.url(),
            clock));
  }

  private static StsHosts sts(ServeConfig config) {
    return config.sts().map(StsHosts::at).orElseGet(() -> StsHosts.aws(config.partition()));
  }

  private static Authenticator authenticator(
      ServeConfig config,
      ObjectStore state,
      PrincipalSettingsSource principals,
      WebTokenSignatures signatures,
      Clock clock) {
    String account = config.policyBucket().account().digits();
    return new DoorAuthenticator(
        new Tokens(state, new Admittance(account, principals), clock),
        signatures,
        principals,
        account,
        clock);
  }

  private static ReadPorts ports(
      ServeConfig config,
      S3Client s3,
      ObjectStore state,
      PrincipalSettingsSource principals,
      PolicyAlarm alarm,
      Clock clock) {
    String bucket = config.cacheBucket();
    var policies =
        new CurrentBucketPolicy(
            new S3BucketPolicySource(s3, bucket),
            publicAccess(config, s3),
            principals,
            alarm,
            clock);
    return new ReadPorts(
        new S3VerifiedStore(s3, S3Clients.presigner(config.s3()), bucket),
        state,
        policies,
        new StoredSettings(state, clock),
        principals,
        clock,
        duration -> LockSupport.parkNanos(duration.toNanos()),
        config.url());
  }

  // Stores other than AWS have no such thing of an account, and nobody who could be asked. It is
  // the client that knows: AWS_ENDPOINT_URL names such a store, too.
  private static PublicAccessSource publicAccess(ServeConfig config, S3Client s3) {
    var ofBucket = new S3PublicAccessSource(s3, config.cacheBucket());
    return s3.serviceClientConfiguration().endpointOverride().isPresent()
        ? ofBucket
        : ofBucket.and(
            new S3Control(config.s3(), config.policyBucket().account().digits())
                ::getAccountPublicAccessBlock);
  }
}
