package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.sqs.SqsClients;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.aws.sqs.SqsRetries;
import io.narthex.aws.upstream.HttpUpstreams;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.admission.Relook;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function's objects, put together by hand, once.
 *
 * @param admission behind the queue
 * @param upkeep behind the schedule
 * @param retries of what failed behind the queue
 */
public record ValidateWiring(Admission admission, Upkeep upkeep, Retries retries) {
  /** 120,000 messages: some three minutes of the fifteen that Lambda gives. */
  private static final int ROUNDS = 12;

  public ValidateWiring {
    requireNonNull(admission, "admission is null");
    requireNonNull(upkeep, "upkeep is null");
    requireNonNull(retries, "retries is null");
  }

  static ValidateWiring of(ValidateConfig config) {
    SqsClient sqs = SqsClients.client(config.s3().region());
    return of(
        config.s3(),
        config.cacheBucket(),
        config.stateBucket(),
        new SqsMessages(sqs, config.queueUrl()),
        new SqsRetries(sqs, config.queueUrl())::soon);
  }

  /** The same with another way to the function's own queue, as a host without SQS has it. */
  public static ValidateWiring of(
      S3Access access, String cacheBucket, String stateBucket, Messages messages, Retries retries) {
    Clock clock = Clock.systemUTC();
    S3Client s3 = S3Clients.client(access);
    VersionedStore cache = new S3VersionedStore(s3, cacheBucket);
    ObjectStore state = new S3ObjectStore(s3, stateBucket);
    SettingsSource settings = new StoredSettings(state, clock);
    return new ValidateWiring(
        new Admission(cache, state, messages, new HttpUpstreams(), settings, clock),
        new Upkeep(
            new Relook(cache, state, settings, messages),
            new Sweep(state, messages, clock),
            ROUNDS),
        retries);
  }
}
