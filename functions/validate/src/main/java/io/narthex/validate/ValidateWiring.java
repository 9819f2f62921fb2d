package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.events.EventBridgeAnnouncements;
import io.narthex.aws.events.EventBridgeClients;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.signing.NarInfoSigners;
import io.narthex.aws.sqs.SqsClients;
import io.narthex.aws.sqs.SqsIndexMessages;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.aws.sqs.SqsRetries;
import io.narthex.aws.upstream.HttpUpstreams;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.admission.Relook;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.index.IndexMessages;
import io.narthex.cache.principal.TokenSweep;
import io.narthex.cache.report.Reports;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function's objects, put together by hand, once.
 *
 * @param admission behind the queue
 * @param upkeep behind the schedule
 * @param retries of what failed behind the queue
 * @param meter of what is read to judge
 * @param time for that
 * @param news of verdicts, for others
 * @param index what is told to it
 */
public record ValidateWiring(
    Admission admission,
    Upkeep upkeep,
    Retries retries,
    ReadMeter meter,
    ReadTime time,
    PathNews news,
    IndexNews index) {
  /** 120,000 messages: some three minutes of the fifteen that Lambda gives. */
  private static final int ROUNDS = 12;

  public ValidateWiring {
    requireNonNull(admission, "admission is null");
    requireNonNull(upkeep, "upkeep is null");
    requireNonNull(retries, "retries is null");
    requireNonNull(meter, "meter is null");
    requireNonNull(time, "time is null");
    requireNonNull(news, "news is null");
    requireNonNull(index, "index is null");
  }

  static ValidateWiring of(ValidateConfig config) {
    SqsClient sqs = SqsClients.client(config.s3().region());
    return of(
        config.s3(),
        config.cacheBucket(),
        config.stateBucket(),
        new SqsMessages(sqs, config.queueUrl()),
        new SqsRetries(sqs, config.queueUrl())::soon,
        config.signingKey().map(key -> NarInfoSigners.of(key, Clock.systemUTC())),
        announcements(config),
        new SqsIndexMessages(sqs, config.indexQueueUrl()));
  }

  private static Announcements announcements(ValidateConfig config) {
    return config.eventBus().isEmpty()
        ? Announcements.NONE
        : new EventBridgeAnnouncements(
            EventBridgeClients.client(config.s3().region()),
            config.eventBus().get(),
            config.cacheBucket());
  }

  /**
   * The same with another way to the function's own queue, as a host without SQS has it, and with
   * what signs verified paths, if anything does, who hears of verdicts, and the way to the index.
   */
  public static ValidateWiring of(
      S3Access access,
      String cacheBucket,
      String stateBucket,
      Messages messages,
      Retries retries,
      Optional<NarInfoSigner> signer,
      Announcements announcements,
      IndexMessages index) {
    S3Client s3 = S3Clients.client(access);
    return of(
        new S3VersionedStore(s3, cacheBucket),
        new S3ObjectStore(s3, stateBucket),
        messages,
        retries,
        signer,
        announcements,
        index);
  }

  /**
   * The same on buckets that somebody else has opened, as a host has them on a store of its own.
   */
  public static ValidateWiring of(
      VersionedStore cacheBucket,
      ObjectStore state,
      Messages messages,
      Retries retries,
      Optional<NarInfoSigner> signer,
      Announcements announcements,
      IndexMessages index) {
    Clock clock = Clock.systemUTC();
    var meter = new ReadMeter();
    var time = new ReadTime();
    VersionedStore cache = new MeteredStore(cacheBucket, meter, time);
    SettingsSource settings = new StoredSettings(state, clock).signedBy(signer);
    return new ValidateWiring(
        new Admission(cache, state, messages, new HttpUpstreams(), settings, signer, clock),
        new Upkeep(
            new Relook(cache, state, settings, messages),
            new Sweep(state, messages, clock),
            new TokenSweep(state, clock),
            ROUNDS),
        retries,
        meter,
        time,
        new PathNews(announcements, new Reports(state)),
        new IndexNews(index));
  }
}
