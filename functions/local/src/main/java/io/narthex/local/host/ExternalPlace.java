package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.oidc.JoseSignatures;
import io.narthex.aws.oidc.LoopbackIssuers;
import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3PublicAccessSource;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.DoorAuthenticator;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.CurrentBucketPolicy;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.local.endpoint.ExternalBuckets;
import io.narthex.local.endpoint.ExternalStore;
import io.narthex.local.endpoint.PolicyFile;
import io.narthex.local.endpoint.Poll;
import io.narthex.local.endpoint.VerifiedVersions;
import io.narthex.local.endpoint.Webhook;
import io.narthex.local.queue.DurableQueue;
import io.narthex.policy.Principal;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeLog;
import io.narthex.serve.ServeParts;
import io.narthex.serve.TokenRequests;
import io.narthex.serve.TokenWiring;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Both buckets on a store that somebody else runs, with one identity for everything: what the store
 * would not hold back by roles is held back here.
 */
final class ExternalPlace implements Place {
  private final ExternalStore store;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final S3Client s3;
  private final S3Presigner presigner;
  private final ExternalBuckets buckets;
  private final List<String> notices = new ArrayList<>();

  private ExternalPlace(ExternalStore store) {
    this.store = requireNonNull(store, "store is null");
    this.s3 = closing(S3Clients.client(store.access()));
    this.presigner = closing(S3Clients.presigner(store.access()));
    this.buckets = ExternalBuckets.tryOut(s3, store);
    notices.addAll(buckets.losses());
    if (store.sts().isEmpty()) {
      notices.add(
          "Nobody can log in with AWS credentials: --sts names no STS. Tokens are made and"
              + " exchanged all the same.");
    }
  }

  /**
   * Tries the store out and begins to hear of uploads.
   *
   * @throws IllegalStateException if the store cannot be used, saying what it would need
   */
  static ExternalPlace open(ExternalStore store, Path data, DurableQueue queue) {
    try {
      var place = new ExternalPlace(store);
      place.hear(data, queue);
      return place;
    } catch (StoreException e) {
      throw new IllegalStateException(store.access().endpoint().get() + " cannot be used", e);
    }
  }

  private void hear(Path data, DurableQueue queue) {
    Messages messages = new QueueMessages(queue);
    store
        .webhook()
        .ifPresent(
            config -> {
              Webhook webhook = closing(Webhook.start(config, store.bucket(), messages));
              notices.add("Notifications are taken at " + webhook.url() + ".");
            });
    store
        .poll()
        .ifPresent(
            every -> {
              closing(
                  Poll.start(
                      every,
                      buckets.cache(),
                      messages,
                      data.resolve("listing"),
                      () -> queue.depth().total()));
              notices.add(
                  "The bucket is listed every %d s: an upload is seen then, a change of tags never."
                      .formatted(every.toSeconds()));
            });
  }

  @Override
  public URI s3Endpoint() {
    return store.access().endpoint().orElseThrow();
  }

  @Override
  public String region() {
    return store.access().region();
  }

  @Override
  public VersionedStore cache(LocalAccount principal) {
    return buckets.cache();
  }

  @Override
  public ObjectStore state(LocalAccount principal) {
    return buckets.state();
  }

  @Override
  public ServeHandler serve(URI url, ServeLog log) {
    return new ServeHandler(alarm -> parts(alarm, url), log);
  }

  private ServeParts parts(PolicyAlarm alarm, URI url) {
    Clock clock = Clock.systemUTC();
    ObjectStore state = buckets.state();
    var principals = new StoredPrincipals(state, alarm::notUnderstood, clock);
    var signatures = new JoseSignatures(LoopbackIssuers.ASKED, clock);
    var authenticator =
        new DoorAuthenticator(
            new Tokens(state, new Admittance(LocalAccount.ID.digits(), principals), clock),
            signatures,
            principals,
            LocalAccount.ID.digits(),
            clock);
    var ports =
        new ReadPorts(
            new VerifiedVersions(buckets.cache(), presigner, store.bucket()),
            state,
            new CurrentBucketPolicy(bucketPolicy(), publicAccess(), principals, alarm, clock),
            new StoredSettings(state, clock),
            principals,
            clock,
            duration -> LockSupport.parkNanos(duration.toNanos()),
            Optional.of(url));
    TokenRequests tokens =
        TokenWiring.requests(
            LocalAccount.ID,
            state,
            principals,
            signatures,
            store.sts().map(StsHosts::at),
            Optional.of(url),
            clock);
    return new ServeParts(authenticator, ports, bucket(), tokens);
  }

  @Override
  public boolean isMendedThroughHost() {
    return false;
  }

  @Override
  public CacheBucket bucket() {
    return LocalServe.bucket(store.bucket());
  }

  /** In the file that was given, or the store's own. */
  @Override
  public BucketPolicySource bucketPolicy() {
    return store
        .policy()
        .<BucketPolicySource>map(PolicyFile::new)
        .orElseGet(() -> new S3BucketPolicySource(s3, store.bucket()));
  }

  @Override
  public PublicAccessSource publicAccess() {
    return store.policy().isPresent()
        ? PublicAccessSource.NONE
        : new S3PublicAccessSource(s3, store.bucket());
  }

  /** Nobody: whoever acts on the store is known to it alone. */
  @Override
  public Optional<FoundCaller> caller(Principal principal) {
    return Optional.empty();
  }

  /** Where to log in, if that is possible; whoever uploads has credentials of the store. */
  @Override
  public String environment() {
    return store.sts().map("export AWS_ENDPOINT_URL_STS=%s\n"::formatted).orElse("");
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.addFirst(part);
    return part;
  }

  @Override
  public void close() {
    parts.forEach(Closing::quietly);
    parts.clear();
  }
}
