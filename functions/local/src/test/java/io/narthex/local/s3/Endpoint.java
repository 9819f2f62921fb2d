package io.narthex.local.s3;

import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.local.s3.event.ObjectEvent;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** An endpoint with one versioned and one plain bucket, and clients for its users. */
final class Endpoint implements AutoCloseable {
  static final String CACHE = "example-nix-cache";
  static final String PLAIN = "example-state";
  static final String ACCOUNT = "111122223333";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private static final String ALL =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
      """;

  /** The seven actions of the Nix manual, for one bucket. */
  private static final String UPLOADER =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Sid": "UploadToCache", "Effect": "Allow",
        "Action": ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket",
                   "s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts", "s3:PutObject"],
        "Resource": ["arn:aws:s3:::example-nix-cache", "arn:aws:s3:::example-nix-cache/*"]}]}
      """;

  /** Readers see what carries the verdict. */
  static final String VERIFIED_ONLY =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-nix-cache/*",
        "Condition": {"StringEquals": {"s3:ExistingObjectTag/nix-verdict": "verified"}}}]}
      """;

  final List<ObjectEvent> events = new CopyOnWriteArrayList<>();
  final EmbeddedS3 server;
  final S3Client admin;
  final S3Client uploader;
  final S3Client stranger;
  final S3Client anonymous;
  final S3Client root;

  private Endpoint(Path directory) {
    server =
        EmbeddedS3.start(
            new EmbeddedS3Config(directory, 0, new AccountId(ACCOUNT), users(), events::add));
    server.createBucket(CACHE, true);
    server.createBucket(PLAIN, false);
    admin = client(credentials("ADMIN"));
    uploader = client(credentials("UPLOADER"));
    stranger = client(credentials("STRANGER"));
    anonymous = client(AnonymousCredentialsProvider.create());
    root = client(credentials("ROOT"));
  }

  static Endpoint start(Path directory) {
    return new Endpoint(directory);
  }

  /** The first policy of the Nix manual: anonymous reads. */
  static final String DIRECT_READS =
      """
      {"Id": "DirectReads", "Version": "2012-10-17", "Statement": [{
        "Sid": "AllowDirectReads", "Action": ["s3:GetObject", "s3:GetBucketLocation"],
        "Effect": "Allow",
        "Resource": ["arn:aws:s3:::example-nix-cache", "arn:aws:s3:::example-nix-cache/*"],
        "Principal": "*"}]}
      """;

  static List<S3User> users() {
    return List.of(
        user("ADMIN", List.of(identity(ALL))),
        user("UPLOADER", List.of(identity(UPLOADER))),
        user("STRANGER", List.of()),
        new S3User(
            "TAGGED",
            new SecretKey(SECRET),
            "arn:aws:iam::" + ACCOUNT + ":user/team/tagged",
            "AIDAEXAMPLE",
            Map.of("team", "infra"),
            List.of()),
        new S3User(
            "SESSION",
            new SecretKey(SECRET),
            "arn:aws:sts::" + ACCOUNT + ":assumed-role/ci/run-7",
            List.of()),
        new S3User("ROOT", new SecretKey(SECRET), "arn:aws:iam::" + ACCOUNT + ":root", List.of()));
  }

  private static S3User user(String id, List<PolicyDocument> policies) {
    String arn = "arn:aws:iam::" + ACCOUNT + ":user/" + id.toLowerCase(Locale.ROOT);
    return new S3User(id, new SecretKey(SECRET), arn, policies);
  }

  private static PolicyDocument identity(String json) {
    try {
      return PolicyDocument.parseIdentityPolicy(json);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  static AwsCredentialsProvider credentials(String id) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, SECRET));
  }

  S3Client client(AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_2)
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  S3Presigner presigner(String id) {
    return S3Presigner.builder()
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_2)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(credentials(id))
        .build();
  }

  PutObjectResponse put(String bucket, String key, String body) {
    return admin.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(body));
  }

  void tag(String key, String versionId, String name, String value) {
    admin.putObjectTagging(
        r -> r.bucket(CACHE).key(key).versionId(versionId).tagging(tagging(name, value)));
  }

  static Tagging tagging(String name, String value) {
    return Tagging.builder().tagSet(Tag.builder().key(name).value(value).build()).build();
  }

  static ResponseBytes<GetObjectResponse> get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(r -> r.bucket(bucket).key(key));
  }

  /** A request that the SDK would not send. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted", e);
    }
  }

  URI uri(String pathAndQuery) {
    return URI.create(server.endpoint() + pathAndQuery);
  }

  @Override
  public void close() {
    admin.close();
    uploader.close();
    stranger.close();
    anonymous.close();
    root.close();
    server.close();
  }
}
