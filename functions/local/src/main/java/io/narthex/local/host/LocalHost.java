package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.report.Standing;
import io.narthex.local.http.HttpFront;
import io.narthex.local.http.HttpFrontConfig;
import io.narthex.local.pump.EventPump;
import io.narthex.local.pump.EventSource;
import io.narthex.local.pump.LambdaFunction;
import io.narthex.local.pump.PumpConfig;
import io.narthex.local.pump.S3Notification;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.RedrivePolicy;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.nix.signature.PublicKey;
import io.narthex.serve.ServeHandler;
import io.narthex.validate.ValidateHandler;
import io.narthex.validate.ValidateWiring;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A whole Narthex on one machine: the embedded S3 endpoint with both buckets, the queue, the
 * verifying function behind it, and the serving function behind an HTTP door. It is wired like the
 * stack on AWS: every function has its own principal and reaches S3 over HTTP.
 */
public final class LocalHost implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String VALIDATE = "validate";
  private static final int MEMORY_MB = 1024;
  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final Duration DRAIN = Duration.ofSeconds(30);
  private static final int WORKERS = 4;
  private static final int BATCH = 10;
  private static final Duration VISIBILITY = Duration.ofMinutes(16);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final HostOptions options;
  private final LocalKeys keys;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Tally tally = new Tally();
  private final DurableQueue deadLetters;
  private final DurableQueue queue;
  private final EmbeddedS3 s3;
  private final HttpFront front;

  /**
   * Starts everything and returns when it serves.
   *
   * @throws IllegalStateException if a port is taken
   * @throws io.narthex.local.queue.QueueInUseException if another process uses the data directory
   */
  public static LocalHost start(HostOptions options, OutcomeView view) {
    return new LocalHost(options, view);
  }

  private LocalHost(HostOptions options, OutcomeView view) {
    this.options = requireNonNull(options, "options is null");
    boolean started = false;
    try {
      Clock clock = Clock.systemUTC();
      Path data = options.data();
      deadLetters = closing(DurableQueue.open(data.resolve("dead-letters"), clock));
      queue =
          closing(DurableQueue.open(data.resolve("queue"), clock, RedrivePolicy.to(deadLetters)));
      keys = LocalKeys.in(data, options.bucket());
      s3 = closing(startS3());
      provision();
      var access = access(LocalAccount.VALIDATE);
      Messages messages = new QueueMessages(queue);
      // The pump itself tries again what failed.
      var wiring =
          ValidateWiring.of(
              access, options.bucket(), options.stateBucket(), messages, message -> {});
      var validate = new ValidateHandler(wiring, new OutcomeLog(tally, view));
      closing(startPump(validate, view, clock));
      closing(TallyLoader.start(state(access), tally));
      front = closing(startFront());
      closing(Sweeper.start(wiring.upkeep()));
      PrivateFile.write(data.resolve("aws-credentials"), profile());
      PrivateFile.write(data.resolve("narthex.env"), environment());
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private EventPump startPump(ValidateHandler validate, OutcomeView view, Clock clock) {
    return EventPump.start(
        queue,
        new EventSource(REGION, LocalAccount.ID, VALIDATE),
        new LambdaFunction(VALIDATE, validate, TIMEOUT, MEMORY_MB, new QuietLogger()),
        new PumpConfig(BATCH, WORKERS, VISIBILITY, RETRY_AFTER, DRAIN),
        failure -> PumpFailures.text(failure).ifPresent(view::showFailure),
        clock);
  }

  private EmbeddedS3 startS3() {
    var policies = new LocalPolicies(options.bucket(), options.stateBucket());
    EmbeddedS3 endpoint =
        EmbeddedS3.start(
            new EmbeddedS3Config(
                options.data().resolve("s3"),
                options.s3Port(),
                LocalAccount.ID,
                Arrays.stream(LocalAccount.values())
                    .map(account -> account.user(keys.accessKey(account), policies))
                    .toList(),
                event -> {
                  if (event.bucket().equals(options.bucket())) {
                    var _ = queue.send(S3Notification.render(event, REGION));
                  }
                }));
    endpoint.createBucket(options.bucket(), true);
    endpoint.createBucket(options.stateBucket(), false);
    endpoint.putBucketPolicy(options.bucket(), policies.cacheBucketPolicy());
    return endpoint;
  }

  private void provision() {
    S3Client client = S3Clients.client(access(LocalAccount.PROVISION));
    new Provisioning(
            new S3VersionedStore(client, options.bucket()),
            new S3ObjectStore(client, options.stateBucket()))
        .provision(options.settings(publicKey()));
  }

  private HttpFront startFront() {
    var serve = new DeferredHandler();
    HttpFront door =
        HttpFront.start(
            HttpFrontConfig.onPort(options.httpPort(), "serve"),
            serve,
            Map.of(
                HostRoutes.PREFIX,
                new HostRoutes(
                    this::status,
                    queue,
                    state(access(LocalAccount.VALIDATE)),
                    new QueueMessages(queue),
                    Clock.systemUTC())));
    serve.becomes(
        new ServeHandler(
            LocalServe.config(access(LocalAccount.SERVE), options, LocalAccount.ID, door.url())));
    return door;
  }

  /** Where things stand now. */
  Status status() {
    return new Status(
        tally.count(Standing.VERIFIED),
        tally.count(Standing.WAITING),
        tally.count(Standing.REJECTED),
        queue.depth().total(),
        deadLetters.depth().total());
  }

  /** Where clients upload, e.g. {@code http://127.0.0.1:9000}. */
  public URI s3Endpoint() {
    return s3.endpoint();
  }

  /** Where clients read, e.g. {@code http://127.0.0.1:8080}. */
  public URI url() {
    return front.url();
  }

  /** The key that this host trusts first. */
  public PublicKey publicKey() {
    return keys.signingKey().publicKey();
  }

  /** The file with its secret half. */
  public Path signingKeyFile() {
    return keys.signingKeyFile();
  }

  /** What a shell needs to upload, as a file to source. */
  private String environment() {
    AccessKey upload = keys.accessKey(LocalAccount.UPLOAD);
    return """
        export AWS_ACCESS_KEY_ID=%s
        export AWS_SECRET_ACCESS_KEY=%s
        export AWS_REGION=%s
        export AWS_SHARED_CREDENTIALS_FILE='%s'
        export NARTHEX_S3=%s
        export NARTHEX_URL=%s
        export NARTHEX_BUCKET=%s
        """
        .formatted(
            upload.id(),
            upload.secret(),
            REGION,
            options.data().resolve("aws-credentials"),
            s3.endpoint(),
            front.url(),
            options.bucket());
  }

  /** The same credentials as a profile, for {@code profile=cache-upload} in a store URL. */
  private String profile() {
    AccessKey upload = keys.accessKey(LocalAccount.UPLOAD);
    return """
        [cache-upload]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
        .formatted(upload.id(), upload.secret());
  }

  private S3Access access(LocalAccount account) {
    AccessKey key = keys.accessKey(account);
    return new S3Access(
        REGION,
        Optional.of(s3.endpoint()),
        Optional.of(new StaticCredentials(key.id(), key.secret())));
  }

  private S3ObjectStore state(S3Access access) {
    return new S3ObjectStore(S3Clients.client(access), options.stateBucket());
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.addFirst(part);
    return part;
  }

  /**
   * Stops taking requests, finishes what is being verified, and stops; last started, first stopped.
   */
  @Override
  public void close() {
    parts.forEach(Closing::quietly);
    parts.clear();
  }
}
