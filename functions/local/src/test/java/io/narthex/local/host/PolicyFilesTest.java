package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.PresignedGets;
import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What each statement of {@code infra/policies} does to real requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyFilesTest {
  private static final String CACHE = "example-nix-cache";
  private static final String STATE = CACHE + "-state";
  private static final String REGION = "us-east-1";
  private static final String VERDICT = "nix-verdict=verified";
  private static final String STORAGE = "x-amz-storage-class";
  private static final String ENCRYPTION = "x-amz-server-side-encryption";
  private static final String CUSTOMER = ENCRYPTION + "-customer-algorithm";
  private static final String KMS_ID = ENCRYPTION + "-aws-kms-key-id";
  private static final String KMS_KEY = "arn:aws:kms:eu-west-2:444455556666:key/k";

  private final Map<LocalAccount, AccessKey> keys = new EnumMap<>(LocalAccount.class);
  private final Map<LocalAccount, S3Client> clients = new EnumMap<>(LocalAccount.class);
  private EmbeddedS3 s3;
  private S3Client anonymous;

  @BeforeAll
  void start(@TempDir Path directory) {
    var policies = new LocalPolicies(CACHE, STATE);
    Arrays.stream(LocalAccount.values()).forEach(a -> keys.put(a, AccessKey.generate()));
    s3 =
        EmbeddedS3.start(
            new EmbeddedS3Config(
                directory,
                0,
                LocalAccount.ID,
                keys.entrySet().stream().map(e -> e.getKey().user(e.getValue(), policies)).toList(),
                event -> {}));
    s3.createBucket(CACHE, true);
    s3.createBucket(STATE, false);
    s3.putBucketPolicy(CACHE, policies.cacheBucketPolicy());
    keys.forEach((account, key) -> clients.put(account, client(key)));
    anonymous =
        S3Client.builder()
            .region(Region.of(REGION))
            .endpointOverride(s3.endpoint())
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    validate().putObject(put("seen").tagging(VERDICT).build(), body());
    validate().putObject(put("unseen").build(), body());
    as(LocalAccount.PROVISION).putObject(put("nix-cache-info").tagging(VERDICT).build(), body());
    validate().putObject(p -> p.bucket(STATE).key("reports/x.json"), body());
    validate().putObject(p -> p.bucket(STATE).key("waiting/x"), body());
  }

  @AfterAll
  void stop() {
    clients.values().forEach(S3Client::close);
    anonymous.close();
    s3.close();
  }

  private S3Client client(AccessKey key) {
    return S3Clients.client(access(key));
  }

  private S3Access access(AccessKey key) {
    return new S3Access(
        REGION,
        Optional.of(s3.endpoint()),
        Optional.of(new StaticCredentials(key.id(), key.secret())));
  }

  @Test
  void letsUrlsOfTheServingFunctionGiveTheVerifiedVersionThatTheyNameAndNoOther()
      throws IOException, InterruptedException {
    String verified =
        validate().putObject(put("twice").tagging(VERDICT).build(), body()).versionId();
    String other = validate().putObject(put("twice").build(), body()).versionId();
    AccessKey key = Optional.ofNullable(keys.get(LocalAccount.SERVE)).orElseThrow();
    try (S3Presigner presigner = S3Clients.presigner(access(key));
        HttpClient http = HttpClient.newHttpClient()) {
      var urls = new PresignedGets(presigner);
      for (String version : List.of(verified, other)) {
        var get = GetObjectRequest.builder().bucket(CACHE).key("twice").versionId(version).build();
        var request = HttpRequest.newBuilder(urls.of(get, Duration.ofMinutes(1))).build();
        assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
            .isEqualTo(version.equals(verified) ? 200 : 403);
      }
    }
  }

  private S3Client as(LocalAccount account) {
    return Optional.ofNullable(clients.get(account)).orElseThrow();
  }

  private S3Client validate() {
    return as(LocalAccount.VALIDATE);
  }

  private static PutObjectRequest.Builder put(String key) {
    return PutObjectRequest.builder().bucket(CACHE).key(key);
  }

  private static RequestBody body() {
    return RequestBody.fromString("x");
  }

  private static Consumer<S3Client> put(String key, String header, String value) {
    return s3 ->
        s3.putObject(
            put(key).overrideConfiguration(c -> c.putHeader(header, value)).build(), body());
  }

  private static Consumer<S3Client> put(String key, Consumer<PutObjectRequest.Builder> how) {
    return s3 -> s3.putObject(put(key).applyMutation(how).build(), body());
  }

  private static Consumer<S3Client> get(String bucket, String key) {
    return s3 -> s3.getObjectAsBytes(g -> g.bucket(bucket).key(key));
  }

  private static Consumer<S3Client> startUpload(String header, String value) {
    return s3 ->
        s3.createMultipartUpload(
            c ->
                c.bucket(CACHE)
                    .key("parts")
                    .overrideConfiguration(o -> o.putHeader(header, value)));
  }

  private static Consumer<S3Client> tag(String key) {
    Tag tag = Tag.builder().key("nix-verdict").value("verified").build();
    return s3 -> s3.putObjectTagging(t -> t.bucket(CACHE).key(key).tagging(g -> g.tagSet(tag)));
  }

  private static Consumer<S3Client> copy(String source, String target) {
    return s3 ->
        s3.copyObject(
            c ->
                c.sourceBucket(CACHE)
                    .sourceKey(source)
                    .destinationBucket(CACHE)
                    .destinationKey(target));
  }

  /** One request by one caller. */
  record Row(String name, Optional<LocalAccount> caller, int status, Consumer<S3Client> request) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, int status, Consumer<S3Client> request) {
    return new Row(name, Optional.empty(), status, request);
  }

  private static Row row(String name, LocalAccount caller, int status, Consumer<S3Client> request) {
    return new Row(name, Optional.of(caller), status, request);
  }

  static List<Row> rows() {
    return List.of(
        row("read verified", 200, get(CACHE, "seen")),
        row("read verified not others", 403, get(CACHE, "unseen")),
        row("read bucket", 200, s3 -> s3.listObjectsV2(l -> l.bucket(CACHE))),
        row("state is nobody's business", 403, get(STATE, "reports/x.json")),
        row("anonymous uploads nothing", 403, put("anon", p -> {})),
        row("upload", LocalAccount.UPLOAD, 200, put("a", p -> {})),
        row("upload reads back", LocalAccount.UPLOAD, 200, get(CACHE, "unseen")),
        row("upload sees no state", LocalAccount.UPLOAD, 403, get(STATE, "reports/x.json")),
        row(
            "upload deletes nothing",
            LocalAccount.UPLOAD,
            403,
            s3 -> s3.deleteObject(d -> d.bucket(CACHE).key("seen"))),
        row("only validate writes verdicts", LocalAccount.UPLOAD, 403, tag("unseen")),
        row(
            "only validate deletes tags",
            LocalAccount.UPLOAD,
            403,
            s3 -> s3.deleteObjectTagging(d -> d.bucket(CACHE).key("seen"))),
        row("validate writes verdicts", LocalAccount.VALIDATE, 200, tag("seen")),
        row("no verdict on upload", LocalAccount.UPLOAD, 403, put("a", p -> p.tagging(VERDICT))),
        row("no copy by uploaders", LocalAccount.UPLOAD, 403, copy("seen", "other")),
        row("no copy by validate", LocalAccount.VALIDATE, 403, copy("seen", "other")),
        row(
            "uploaders write no cache info",
            LocalAccount.UPLOAD,
            403,
            put("nix-cache-info", p -> {})),
        row(
            "validate writes no cache info",
            LocalAccount.VALIDATE,
            403,
            put("nix-cache-info", p -> {})),
        row(
            "provision writes cache info",
            LocalAccount.PROVISION,
            200,
            put("nix-cache-info", p -> {})),
        row("provision writes nothing else", LocalAccount.PROVISION, 403, put("a", p -> {})),
        row("standard", LocalAccount.UPLOAD, 200, put("a", STORAGE, "STANDARD")),
        row("standard ia", LocalAccount.UPLOAD, 200, put("a", STORAGE, "STANDARD_IA")),
        row(
            "intelligent tiering",
            LocalAccount.UPLOAD,
            200,
            put("a", STORAGE, "INTELLIGENT_TIERING")),
        row(
            "intelligent parts",
            LocalAccount.UPLOAD,
            200,
            startUpload(STORAGE, "INTELLIGENT_TIERING")),
        row("glacier", LocalAccount.UPLOAD, 403, put("a", STORAGE, "GLACIER")),
        row("glacier parts", LocalAccount.UPLOAD, 403, startUpload(STORAGE, "GLACIER")),
        row("deep archive", LocalAccount.UPLOAD, 403, put("a", STORAGE, "DEEP_ARCHIVE")),
        row("class that nobody knows", LocalAccount.UPLOAD, 403, put("a", STORAGE, "PERMAFROST")),
        row("key of the uploader", LocalAccount.UPLOAD, 403, put("a", CUSTOMER, "AES256")),
        row("key of the uploader parts", LocalAccount.UPLOAD, 403, startUpload(CUSTOMER, "AES256")),
        row("kms", LocalAccount.UPLOAD, 403, put("a", ENCRYPTION, "aws:kms")),
        row("kms parts", LocalAccount.UPLOAD, 403, startUpload(ENCRYPTION, "aws:kms")),
        row("kms key of the uploader", LocalAccount.UPLOAD, 403, put("a", KMS_ID, KMS_KEY)),
        row("serve reads verified", LocalAccount.SERVE, 200, get(CACHE, "seen")),
        row("serve reads nothing else", LocalAccount.SERVE, 403, get(CACHE, "unseen")),
        row("serve reads reports", LocalAccount.SERVE, 200, get(STATE, "reports/x.json")),
        row("serve reads no marks", LocalAccount.SERVE, 403, get(STATE, "waiting/x")),
        row("serve tells absent reports", LocalAccount.SERVE, 404, get(STATE, "reports/none.json")),
        row("serve uploads nothing", LocalAccount.SERVE, 403, put("a", p -> {})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isAnsweredAsThePoliciesSay(Row row) {
    assertThat(status(row.request, row.caller.map(this::as).orElse(anonymous)))
        .isEqualTo(row.status);
  }

  private static int status(Consumer<S3Client> request, S3Client client) {
    try {
      request.accept(client);
      return 200;
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }
}
