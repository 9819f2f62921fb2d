package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.local.pump.S3Notification;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.local.s3.auth.AccessKeys;
import io.narthex.local.s3.auth.S3User;
import io.narthex.policy.Principal;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Both buckets on an S3 endpoint of this process. Every function has its own principal there and
 * reaches it over HTTP.
 */
final class EmbeddedPlace implements Place {
  static final String REGION = "us-east-1";

  private final HostOptions options;
  private final LocalKeys keys;
  private final EmbeddedS3 s3;
  private final List<String> notices;

  private EmbeddedPlace(HostOptions options, LocalKeys keys, EmbeddedS3 s3, List<String> notices) {
    this.options = requireNonNull(options, "options is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.s3 = requireNonNull(s3, "s3 is null");
    this.notices = List.copyOf(notices);
  }

  /** Starts the endpoint, with both buckets; the cache bucket has a policy. */
  static EmbeddedPlace open(HostOptions options, LocalKeys keys, DurableQueue queue) {
    var policies = new LocalPolicies(options.bucket(), options.stateBucket());
    EmbeddedS3 endpoint =
        EmbeddedS3.start(
            new EmbeddedS3Config(
                options.data().resolve("s3"),
                options.s3Port(),
                options.names(),
                LocalAccount.ID,
                accessKeys(options, keys, policies),
                event -> {
                  if (event.bucket().equals(options.bucket())) {
                    var _ = queue.send(S3Notification.render(event, REGION));
                  }
                }));
    boolean open = false;
    try {
      endpoint.createBucket(options.bucket(), true);
      endpoint.createBucket(options.stateBucket(), false);
      var place = new EmbeddedPlace(options, keys, endpoint, policies(options, endpoint, policies));
      open = true;
      return place;
    } finally {
      if (!open) {
        endpoint.close();
      }
    }
  }

  /** Of those who are there from the beginning, and of the users in the data directory. */
  private static AccessKeys accessKeys(
      HostOptions options, LocalKeys keys, LocalPolicies policies) {
    return AccessKeys.of(
            Arrays.stream(LocalAccount.values())
                .map(account -> account.user(keys.accessKey(account), policies))
                .toList())
        .or(LocalUsers.in(options.data()).accessKeys());
  }

  /** That of the state bucket is nobody's to change. */
  private static List<String> policies(
      HostOptions options, EmbeddedS3 endpoint, LocalPolicies policies) {
    endpoint.putBucketPolicy(options.stateBucket(), policies.stateBucketPolicy());
    return new DefaultPolicy(options.data(), options.bucket(), policies.cacheBucketPolicy())
        .putOn(endpoint).stream().toList();
  }

  @Override
  public URI s3Endpoint() {
    return s3.endpoint();
  }

  @Override
  public String region() {
    return REGION;
  }

  @Override
  public VersionedStore cache(LocalAccount principal) {
    return new S3VersionedStore(S3Clients.client(access(principal)), options.bucket());
  }

  @Override
  public ObjectStore state(LocalAccount principal) {
    return new S3ObjectStore(S3Clients.client(access(principal)), options.stateBucket());
  }

  @Override
  public ServeHandler serve(URI url, ServeLog log) {
    return new ServeHandler(
        LocalServe.config(access(LocalAccount.SERVE, presigned()), options, url, s3.endpoint()),
        log);
  }

  @Override
  public CacheBucket bucket() {
    return LocalServe.bucket(options.bucket());
  }

  @Override
  public BucketPolicySource bucketPolicy() {
    return () ->
        s3.bucketPolicy(options.bucket())
            .<StoredPolicy>map(StoredPolicy.Text::new)
            .orElseGet(StoredPolicy.None::new);
  }

  @Override
  public PublicAccessSource publicAccess() {
    return () -> s3.restrictsPublicBuckets(options.bucket()) ? Restriction.ON : Restriction.OFF;
  }

  @Override
  public boolean isMendedThroughHost() {
    return true;
  }

  /** As the endpoint knows it. */
  @Override
  public Optional<FoundCaller> caller(Principal principal) {
    var policies = new LocalPolicies(options.bucket(), options.stateBucket());
    Stream<S3User> ofHost =
        Arrays.stream(LocalAccount.values())
            .map(account -> account.user(keys.accessKey(account), policies));
    Stream<S3User> made = LocalUsers.in(options.data()).list().stream().map(LocalUser::user);
    return Stream.concat(ofHost, made)
        .map(S3User::caller)
        .filter(caller -> FoundCaller.is(principal, caller.principal()))
        .map(FoundCaller::of)
        .findFirst();
  }

  /**
   * The uploader's credentials, there and as a profile, for {@code profile=} in a store URL; and
   * the administrator's as a profile. Other profiles in that file stay.
   */
  @Override
  public String environment() {
    AccessKey upload = keys.accessKey(LocalAccount.UPLOAD);
    Path profiles = options.data().resolve("aws-credentials");
    CredentialsFile.put(profiles, "cache-upload", upload);
    CredentialsFile.put(profiles, "admin", keys.accessKey(LocalAccount.ADMIN));
    return """
        export AWS_ACCESS_KEY_ID=%s
        export AWS_SECRET_ACCESS_KEY=%s
        export AWS_SHARED_CREDENTIALS_FILE='%s'
        export AWS_ENDPOINT_URL_STS=%s
        """
        .formatted(upload.id(), upload.secret(), profiles, s3.endpoint());
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  /**
   * The endpoint as presigned URLs have it, by another name than the cache URL: an entry of a
   * netrc-file is for a host whatever the port, and what was meant for the cache URL would be sent
   * here too, where two credentials at once are refused.
   */
  private URI presigned() {
    return URI.create("http://localhost:" + s3.endpoint().getPort());
  }

  private S3Access access(LocalAccount account) {
    return access(account, s3.endpoint());
  }

  private S3Access access(LocalAccount account, URI endpoint) {
    AccessKey key = keys.accessKey(account);
    return new S3Access(
        REGION, Optional.of(endpoint), Optional.of(new StaticCredentials(key.id(), key.secret())));
  }

  @Override
  public void close() {
    s3.close();
  }
}
