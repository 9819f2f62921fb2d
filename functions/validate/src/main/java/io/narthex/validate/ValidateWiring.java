package io.narthex.validate;

import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.sqs.SqsClients;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.aws.upstream.HttpUpstreams;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/** The function's objects, put together by hand, once. */
final class ValidateWiring {
  private ValidateWiring() {}

  static Admission admission(ValidateConfig config) {
    Clock clock = Clock.systemUTC();
    S3Client s3 = S3Clients.client(config.s3());
    ObjectStore state = new S3ObjectStore(s3, config.stateBucket());
    return new Admission(
        new S3VersionedStore(s3, config.cacheBucket()),
        state,
        new SqsMessages(SqsClients.client(config.s3().region()), config.queueUrl()),
        new HttpUpstreams(),
        new StoredSettings(state, clock),
        clock);
  }
}
