package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.operate.KnownCallers;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.report.Standing;
import io.narthex.cache.signing.SecretKeySigner;
import io.narthex.cache.store.StoreException;
import io.narthex.local.endpoint.ExternalStore;
import io.narthex.local.http.HttpFront;
import io.narthex.local.http.HttpFrontConfig;
import io.narthex.local.pump.EventPump;
import io.narthex.local.pump.EventSource;
import io.narthex.local.pump.LambdaFunction;
import io.narthex.local.pump.PumpConfig;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.RedrivePolicy;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import io.narthex.validate.ValidateHandler;
import io.narthex.validate.ValidateWiring;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole Narthex on one machine: the place of both buckets, which is an embedded S3 endpoint or a
 * store elsewhere, the queue, the verifying function behind it, and the serving function behind an
 * HTTP door. It is wired like the stack on AWS.
 */
public final class LocalHost implements AutoCloseable {
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
  private final LocalIndex index;
  private final Place place;
  private final Optional<String> lockedOut;
  private final HttpFront front;

  /**
   * Starts everything and returns when it serves.
   *
   * @throws IllegalStateException if a port is taken
   * @throws io.narthex.local.queue.QueueInUseException if another process uses the data directory
   */
  public static LocalHost start(HostOptions options, OutcomeView view) {
    return new LocalHost(options, view, EmbeddedPlace::open);
  }

  /**
   * The same with both buckets on a store that somebody else runs.
   *
   * @throws IllegalStateException if a port is taken, or the store cannot be used
   * @throws io.narthex.local.queue.QueueInUseException if another process uses the data directory
   */
  public static LocalHost start(HostOptions options, ExternalStore store, OutcomeView view) {
    return new LocalHost(
        options, view, (opened, keys, queue) -> ExternalPlace.open(store, opened.data(), queue));
  }

  /** Opens the place of the buckets. */
  @FunctionalInterface
  private interface Opening {
    Place open(HostOptions options, LocalKeys keys, DurableQueue queue);
  }

  private LocalHost(HostOptions options, OutcomeView view, Opening opening) {
    this.options = requireNonNull(options, "options is null");
    boolean started = false;
    try {
      Clock clock = Clock.systemUTC();
      Path data = options.data();
      deadLetters = closing(DurableQueue.open(data.resolve("dead-letters"), clock));
      queue =
          closing(DurableQueue.open(data.resolve("queue"), clock, RedrivePolicy.to(deadLetters)));
      index = closing(new LocalIndex(data, clock));
      keys = LocalKeys.in(data, options.bucket());
      place = closing(opening.open(options, keys, queue));
      lockedOut = provision();
      Messages messages = new QueueMessages(queue);
      // The pump itself tries again what failed.
      var wiring =
          ValidateWiring.of(
              place.cache(LocalAccount.VALIDATE),
              place.state(LocalAccount.VALIDATE),
              messages,
              message -> {},
              options.signWith().map(SecretKeySigner::new),
              Announcements.NONE,
              index.messages());
      var validate = new ValidateHandler(wiring, new OutcomeLog(tally, view));
      closing(startPump(validate, view, clock));
      LocalIndex.Working work = closing(startIndex(view, clock));
      closing(TallyLoader.start(place.state(LocalAccount.VALIDATE), tally));
      front = closing(startFront(view, work));
      closing(Sweeper.start(wiring.upkeep()));
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
        new EventSource(place.region(), LocalAccount.ID, VALIDATE),
        new LambdaFunction(VALIDATE, validate, TIMEOUT, MEMORY_MB, new QuietLogger()),
        new PumpConfig(BATCH, WORKERS, VISIBILITY, RETRY_AFTER, DRAIN),
        failure -> PumpFailures.text(failure).ifPresent(view::showFailure),
        clock);
  }

  private LocalIndex.Working startIndex(OutcomeView view, Clock clock) {
    return index.start(
        place.cache(LocalAccount.INDEX),
        place.state(LocalAccount.INDEX),
        place.region(),
        view,
        clock);
  }

  /** What is wrong, if the bucket policy keeps out who writes the settings. */
  private Optional<String> provision() {
    try {
      new Provisioning(place.cache(LocalAccount.PROVISION), place.state(LocalAccount.PROVISION))
          .provision(options.settings(publicKey()));
      return Optional.empty();
    } catch (StoreException e) {
      if (!place.isMendedThroughHost()) {
        throw e;
      }
      return Optional.of(
          "the policy of the bucket keeps the host itself out, and nothing is verified or served:"
              + " change it (aws s3api put-bucket-policy --profile admin …) and start again. "
              + e.getMessage());
    }
  }

  private HttpFront startFront(OutcomeView view, LocalIndex.Working work) {
    var serve = new DeferredHandler();
    OperatorKey operator = OperatorKey.in(options.data());
    HttpFront door =
        HttpFront.start(
            HttpFrontConfig.onPort(options.httpPort(), options.names(), "serve"),
            serve,
            Map.of(
                HostRoutes.PREFIX,
                new HostRoutes(
                    operator,
                    this::status,
                    () -> queue.redrive() + index.redrive(),
                    place.state(LocalAccount.VALIDATE),
                    new QueueMessages(queue),
                    Clock.systemUTC()),
                IndexRoutes.PREFIX,
                new IndexRoutes(operator, work::manifest, index::inFlight, work.tasks()),
                PolicyRoutes.PREFIX,
                new PolicyRoutes(operator, place),
                CallerRoutes.PREFIX,
                new CallerRoutes(
                    operator,
                    new KnownCallers(
                        place.state(LocalAccount.OPERATOR),
                        LocalAccount.ID.digits(),
                        Clock.systemUTC()))));
    serve.becomes(place.serve(door.url(), LocalServe.log(view)));
    return door;
  }

  /** Where things stand now. */
  Status status() {
    return new Status(
        tally.count(Standing.VERIFIED),
        tally.count(Standing.WAITING),
        tally.count(Standing.REJECTED),
        queue.depth().total() + index.inFlight(),
        deadLetters.depth().total() + index.deadLetters());
  }

  /** Where clients upload, e.g. {@code http://127.0.0.1:9000}. */
  public URI s3Endpoint() {
    return place.s3Endpoint();
  }

  /** Where clients read, e.g. {@code http://127.0.0.1:8080}. */
  public URI url() {
    return front.url();
  }

  /** The key that this host trusts first. */
  public PublicKey publicKey() {
    return keys.signingKey().publicKey();
  }

  /** The key that readers must trust: the cache's own if it signs, else that of its uploaders. */
  public PublicKey readersKey() {
    return options.signWith().map(SecretKey::publicKey).orElseGet(this::publicKey);
  }

  /** The file with the secret half of {@link #publicKey}. */
  public Path signingKeyFile() {
    return keys.signingKeyFile();
  }

  /** What a user must be told of the store, one text each. */
  public List<String> notices() {
    return Stream.concat(place.notices().stream(), lockedOut.stream()).toList();
  }

  /** The region that uploads are signed for. */
  public String region() {
    return place.region();
  }

  /** What a shell needs to upload, as a file to source. */
  private String environment() {
    return """
        %sexport AWS_REGION=%s
        export NARTHEX_S3=%s
        export NARTHEX_URL=%s
        export NARTHEX_BUCKET=%s
        """
        .formatted(
            place.environment(), place.region(), place.s3Endpoint(), front.url(), options.bucket());
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
