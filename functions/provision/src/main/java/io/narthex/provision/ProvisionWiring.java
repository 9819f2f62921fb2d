package io.narthex.provision;

import io.narthex.aws.s3.S3BucketControls;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.signing.SigningKeyCheck;
import io.narthex.cache.provision.Attachment;
import io.narthex.cache.provision.Provisioning;
import software.amazon.awssdk.services.s3.S3Client;

/** The function's objects, put together by hand, once. */
final class ProvisionWiring {
  private ProvisionWiring() {}

  static StackCache cache(ProvisionConfig config) {
    S3Client s3 = S3Clients.client(config.s3());
    return new StackCache(
        config.cacheBucket(),
        new Provisioning(
            new S3VersionedStore(s3, config.cacheBucket()),
            new S3ObjectStore(s3, config.stateBucket())),
        new Attachment(new S3BucketControls(s3, config.cacheBucket()), config.s3().region()),
        SigningKeyCheck::check);
  }
}
