package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionedStore;
import io.narthex.index.IndexWiring;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.OutOfTimeStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a deployed stack looks like from outside: two buckets that allow what the policies of {@code
 * infra/} say, and the answers of CloudFormation and SQS. It verifies when it is told to.
 */
final class SampleDeployment implements AutoCloseable {
  private static final String CACHE = "example-nix-cache";
  private static final String STATE = "example-nix-cache-state";
  private static final String REGION = "eu-west-2";
  private static final String ACCOUNT = "111122223333";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String VALIDATE = "validate";
  private static final String UPLOADER = "uploader";
  private static final String OWNER = "owner";

  private final EmbeddedS3 s3;
  private final StackApi api;
  private final S3Client uploader;
  private final S3Client verifier;
  private final Admission admission;
  private final Admission hurried;

  private SampleDeployment(Path directory, SampleStore trusted) throws IOException {
    List<S3User> users =
        List.of(
            user(VALIDATE, VALIDATE),
            user(UPLOADER, "upload", "reports"),
            user("operator", "operator"),
            user("auditor", "audit"),
            new S3User(
                keyId(OWNER),
                new SecretKey(SECRET),
                "arn:aws:iam::" + ACCOUNT + ":root",
                List.of()));
    s3 =
        EmbeddedS3.start(
            new EmbeddedS3Config(directory, 0, new AccountId(ACCOUNT), users, _ -> {}));
    s3.createBucket(CACHE, true);
    s3.createBucket(STATE, false);
    s3.putBucketPolicy(CACHE, policy("bucket-policy"));
    api = StackApi.start(CACHE, STATE);
    uploader = client(UPLOADER);
    verifier = client(VALIDATE);
    Settings settings = Settings.trusting(List.of(trusted.publicKey()));
    VersionedStore cache = new S3VersionedStore(verifier, CACHE);
    admission = admission(cache, settings);
    hurried = admission(new OutOfTimeStore(cache, _ -> {}), settings);
    try (S3Client owner = client(OWNER)) {
      var _ =
          new S3ObjectStore(owner, STATE)
              .putIfAbsent(
                  StateKeys.settings(),
                  NewObject.of(SettingsJson.write(settings), "application/json"));
    }
  }

  private Admission admission(VersionedStore cache, Settings settings) {
    return new Admission(
        cache,
        new S3ObjectStore(verifier, STATE),
        keys -> {},
        (upstream, hash) -> Optional.empty(),
        () -> settings,
        Clock.systemUTC());
  }

  static SampleDeployment start(Path directory, SampleStore trusted) throws IOException {
    return new SampleDeployment(directory, trusted);
  }

  private static S3User user(String name, String... policies) {
    String arn =
        name.equals(VALIDATE)
            ? "arn:aws:sts::%s:assumed-role/narthex-validate/session".formatted(ACCOUNT)
            : "arn:aws:iam::%s:user/%s".formatted(ACCOUNT, name);
    List<PolicyDocument> documents =
        Arrays.stream(policies).map(SampleDeployment::document).toList();
    return new S3User(keyId(name), new SecretKey(SECRET), arn, documents);
  }

  /** Of which the endpoint has only what is about buckets. */
  private static PolicyDocument document(String name) {
    try {
      return PolicyDocument.parseIdentityPolicy(policy(name));
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static String policy(String name) {
    String resource = "/policies/" + name + ".json";
    try (InputStream in = requireNonNull(SampleDeployment.class.getResourceAsStream(resource))) {
      String here = REGION + ":" + ACCOUNT + ":";
      return new String(in.readAllBytes(), UTF_8)
          .replace("@CacheBucket@", CACHE)
          .replace("@StateBucket@", STATE)
          .replace("@ValidateRole@", "arn:aws:iam::" + ACCOUNT + ":role/narthex-validate")
          .replace("@ProvisionRole@", "arn:aws:iam::" + ACCOUNT + ":role/narthex-provision")
          .replace("@StateMachine@", "arn:aws:states:" + here + "stateMachine:narthex")
          .replace("@Execution@", "arn:aws:states:" + here + "execution:narthex")
          .replace("@MapRun@", "arn:aws:states:" + here + "mapRun:narthex")
          .replace("@UploadQueue@", "arn:aws:sqs:" + here + "uploads")
          .replace("@IndexQueue@", "arn:aws:sqs:" + here + "index")
          .replace("@DeadLetterQueue@", StackApi.DEAD_ARN)
          .replace("@Stack@", "arn:aws:cloudformation:" + here + "stack/narthex/*");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String keyId(String user) {
    return user.toUpperCase(ROOT);
  }

  private S3Client client(String user) {
    return S3Clients.client(
        new S3Access(
            REGION,
            Optional.of(s3.endpoint()),
            Optional.of(new StaticCredentials(keyId(user), SECRET))));
  }

  /** What AWS's tools of a user are told. */
  Map<String, String> environment(String user) {
    return Map.of(
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        keyId(user),
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_EC2_METADATA_DISABLED",
        "true",
        "AWS_ENDPOINT_URL",
        api.endpoint().toString(),
        "AWS_ENDPOINT_URL_S3",
        s3.endpoint().toString());
  }

  /** Switches that part of Block Public Access on, which nothing but a bucket's owner may. */
  void restrictPublicBuckets() {
    try (S3Client owner = client(OWNER)) {
      var _ =
          owner.putPublicAccessBlock(
              put ->
                  put.bucket(CACHE)
                      .publicAccessBlockConfiguration(block -> block.restrictPublicBuckets(true)));
    }
  }

  StackApi api() {
    return api;
  }

  /** Uploads NAR and narinfo, in the order of a client. */
  void upload(SamplePath path) {
    put(path.narKey(), path.file());
    put(path.narInfoKey(), path.narInfoBytes());
  }

  private void put(String key, byte[] bytes) {
    uploader.putObject(put -> put.bucket(CACHE).key(key), RequestBody.fromBytes(bytes));
  }

  /** Builds the index, as its state machine would. */
  void index() {
    try (S3Client owner = client(OWNER)) {
      var _ =
          new Rebuild(
                  new S3VersionedStore(owner, CACHE),
                  new S3ObjectStore(owner, STATE),
                  IndexWiring.retries(),
                  Clock.systemUTC())
              .run((step, done, total) -> {});
    }
  }

  /** Does what the messages to the verifying function would come to. */
  void verify(SamplePath... paths) {
    Stream.of(paths).forEach(path -> admission.look(new ObjectKey(path.narInfoKey())));
  }

  /** The same with no time to read a NAR. */
  void verifyHurriedly(SamplePath path) {
    var _ = hurried.look(new ObjectKey(path.narInfoKey()));
  }

  @Override
  public void close() {
    uploader.close();
    verifier.close();
    api.close();
    s3.close();
  }
}
