package io.narthex.validate;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.sqs.SqsClients;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.aws.upstream.HttpUpstreams;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/** The function's objects, put together by hand, once. */
public final class ValidateWiring {
  private ValidateWiring() {}

  static Admission admission(ValidateConfig config) {
    return admission(
        config.s3(),
        config.cacheBucket(),
        config.stateBucket(),
        new SqsMessages(SqsClients.client(config.s3().region()), config.queueUrl()));
  }

  /** The same with another way to the function's own queue, as a host without SQS has it. */
  public static Admission admission(
      S3Access access, String cacheBucket, String stateBucket, Messages messages) {
    Clock clock = Clock.systemUTC();
    S3Client s3 = S3Clients.client(access);
    ObjectStore state = new S3ObjectStore(s3, stateBucket);
    return new Admission(
        new S3VersionedStore(s3, cacheBucket),
        state,
        messages,
        new HttpUpstreams(),
        new StoredSettings(state, clock),
        clock);
  }
}
