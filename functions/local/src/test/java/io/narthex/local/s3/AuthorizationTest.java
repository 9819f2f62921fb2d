package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

final class AuthorizationTest {
  private static final String KEY = "abc.narinfo";

  @TempDir private Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory);
    s3.server.putBucketPolicy(CACHE, Endpoint.VERIFIED_ONLY);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void readersSeeOnlyWhatCarriesTheVerdict() {
    String version = s3.put(CACHE, KEY, "good").versionId();
    assertDenied(() -> get(s3.anonymous, CACHE, KEY));
    assertDenied(() -> get(s3.stranger, CACHE, KEY));

    s3.tag(KEY, version, "nix-verdict", "verified");

    assertThat(get(s3.anonymous, CACHE, KEY).asUtf8String()).isEqualTo("good");
    assertThat(get(s3.stranger, CACHE, KEY).asUtf8String()).isEqualTo("good");
    assertDenied(
        () -> s3.anonymous.getObjectAsBytes(r -> r.bucket(CACHE).key(KEY).versionId(version)));
    s3.put(CACHE, KEY, "tampered");
    assertDenied(() -> get(s3.anonymous, CACHE, KEY));
    assertThatThrownBy(() -> s3.anonymous.headObject(r -> r.bucket(CACHE).key(KEY)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
  }

  @Test
  void whatIsAbsentIsAbsentOnlyToThoseWhoMayList() {
    assertThatThrownBy(() -> get(s3.uploader, CACHE, "none"))
        .isInstanceOf(NoSuchKeyException.class);
    assertDenied(() -> get(s3.stranger, CACHE, "none"));
    assertDenied(() -> get(s3.anonymous, CACHE, "none"));
  }

  @Test
  void anOverwriteIsNeverServedOnTheStrengthOfTheTagItReplaced() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 150; i++) {
                    String version = s3.put(CACHE, KEY, "good " + i).versionId();
                    s3.tag(KEY, version, "nix-verdict", "verified");
                    s3.put(CACHE, KEY, "bad " + i);
                  }
                  done.set(true);
                });
    int served = 0;
    while (!done.get() && writer.isAlive()) {
      var answer = s3.send(HttpRequest.newBuilder(s3.uri("/" + CACHE + "/" + KEY)));
      assertThat(answer.statusCode()).isIn(200, 403);
      if (answer.statusCode() == 200) {
        assertThat(answer.body()).startsWith("good");
        served++;
      }
    }
    writer.join();
    assertThat(done).isTrue();
    assertThat(served).isPositive();
  }

  /** A way to get a tag onto an object that one has written. */
  enum Forgery {
    PUT_WITH_TAG {
      @Override
      void attempt(S3Client client, String other) {
        client.putObject(
            r -> r.bucket(CACHE).key(KEY).tagging("nix-verdict=verified"),
            RequestBody.fromString("forged"));
      }
    },
    UPLOAD_WITH_TAG {
      @Override
      void attempt(S3Client client, String other) {
        client.createMultipartUpload(r -> r.bucket(CACHE).key(KEY).tagging("nix-verdict=verified"));
      }
    },
    TAG_AFTERWARDS {
      @Override
      void attempt(S3Client client, String other) {
        client.putObjectTagging(
            r -> r.bucket(CACHE).key(other).tagging(Endpoint.tagging("nix-verdict", "verified")));
      }
    },
    COPY_OF_A_TAGGED_OBJECT {
      @Override
      void attempt(S3Client client, String other) {
        client.copyObject(
            r ->
                r.sourceBucket(CACHE)
                    .sourceKey(other)
                    .destinationBucket(CACHE)
                    .destinationKey(KEY));
      }
    },
    COPY_WITH_TAG {
      @Override
      void attempt(S3Client client, String other) {
        client.copyObject(
            r ->
                r.sourceBucket(CACHE)
                    .sourceKey(other)
                    .destinationBucket(CACHE)
                    .destinationKey(KEY)
                    .taggingDirective(TaggingDirective.REPLACE)
                    .tagging("nix-verdict=verified"));
      }
    };

    abstract void attempt(S3Client client, String other);
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void anUploaderWithTheManualsSevenActionsCannotForgeATag(Forgery forgery) {
    String verified = s3.put(CACHE, "verified", "x").versionId();
    s3.tag("verified", verified, "nix-verdict", "verified");
    assertDenied(() -> forgery.attempt(s3.uploader, "verified"));
    assertThatThrownBy(() -> s3.admin.headObject(r -> r.bucket(CACHE).key(KEY)))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void userMetadataIsNoTag() {
    s3.uploader.putObject(
        r -> r.bucket(CACHE).key(KEY).metadata(Map.of("narthex.tags", "nix-verdict=verified")),
        RequestBody.fromString("x"));
    assertThat(s3.admin.getObjectTagging(r -> r.bucket(CACHE).key(KEY)).tagSet()).isEmpty();
  }

  @Test
  void anUploaderMayUploadAndOverwriteAndReadButNotDelete() {
    s3.uploader.putObject(r -> r.bucket(CACHE).key(KEY), RequestBody.fromString("x"));
    assertThat(get(s3.uploader, CACHE, KEY).asUtf8String()).isEqualTo("x");
    assertThat(s3.uploader.listObjectsV2(r -> r.bucket(CACHE)).contents()).hasSize(1);
    assertDenied(() -> s3.uploader.deleteObject(r -> r.bucket(CACHE).key(KEY)));
    assertDenied(() -> s3.uploader.listObjectVersions(r -> r.bucket(CACHE)));
    assertThat(
            s3.uploader
                .deleteObjects(
                    r ->
                        r.bucket(CACHE)
                            .delete(d -> d.objects(ObjectIdentifier.builder().key(KEY).build())))
                .errors())
        .singleElement()
        .matches(e -> e.code().equals("AccessDenied"));
    assertDenied(() -> s3.uploader.getBucketPolicy(r -> r.bucket(CACHE)));
  }

  @Test
  void aDenyOfTheBucketHoldsForItsOwner() {
    s3.server.putBucketPolicy(
        CACHE,
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-nix-cache/*",
           "Condition": {"Null": {"s3:x-amz-copy-source": "false"}}},
          {"Effect": "Deny", "Principal": "*", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::example-nix-cache",
           "Condition": {"StringNotLike": {"s3:prefix": "nar/*"}}}]}
        """);
    s3.put(CACHE, KEY, "x");
    assertDenied(
        () ->
            s3.admin.copyObject(
                r ->
                    r.sourceBucket(CACHE)
                        .sourceKey(KEY)
                        .destinationBucket(CACHE)
                        .destinationKey("copy")));
    assertThat(s3.admin.listObjectsV2(r -> r.bucket(CACHE).prefix("nar/x")).contents()).isEmpty();
    assertDenied(() -> s3.admin.listObjectsV2(r -> r.bucket(CACHE)));
  }

  @Test
  void aPresignedUrlCanDoWhatItsSignerCan() {
    String version = s3.put(CACHE, KEY, "good").versionId();
    URI url = presigned("STRANGER", Duration.ofMinutes(5));
    assertThat(s3.send(HttpRequest.newBuilder(url)).statusCode()).isEqualTo(403);
    s3.tag(KEY, version, "nix-verdict", "verified");
    assertThat(s3.send(HttpRequest.newBuilder(url)).body()).isEqualTo("good");
    assertThat(
            s3.send(HttpRequest.newBuilder(presigned("ADMIN", Duration.ofMinutes(5)))).statusCode())
        .isEqualTo(200);
    URI tampered = URI.create(url.toString().replace(KEY, "other"));
    assertThat(s3.send(HttpRequest.newBuilder(tampered)).body()).contains("SignatureDoesNotMatch");
    assertThat(
            s3.send(
                    HttpRequest.newBuilder(url)
                        .method("DELETE", HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(403);
  }

  private URI presigned(String user, Duration duration) {
    try (var presigner = s3.presigner(user)) {
      return URI.create(
          presigner
              .presignGetObject(
                  g ->
                      g.signatureDuration(duration).getObjectRequest(r -> r.bucket(CACHE).key(KEY)))
              .url()
              .toString());
    }
  }

  @Test
  void thePartsOfAnUploadAreNoObjects() {
    String theirs = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key("secret")).uploadId();
    s3.admin.uploadPart(
        r -> r.bucket(CACHE).key("secret").uploadId(theirs).partNumber(1),
        RequestBody.fromString("secret"));
    String part = ".mpus-" + theirs + "-secret-1";
    String mine = s3.uploader.createMultipartUpload(r -> r.bucket(CACHE).key(KEY)).uploadId();
    assertCode(
        "InvalidArgument",
        () ->
            s3.uploader.uploadPartCopy(
                r ->
                    r.sourceBucket(CACHE)
                        .sourceKey(part)
                        .destinationBucket(CACHE)
                        .destinationKey(KEY)
                        .uploadId(mine)
                        .partNumber(1)));
    assertCode("NoSuchKey", () -> get(s3.admin, CACHE, part));
    ObjectIdentifier named = ObjectIdentifier.builder().key(part).eTag("x").build();
    assertThatThrownBy(
            () -> s3.admin.deleteObjects(r -> r.bucket(CACHE).delete(d -> d.objects(named))))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.admin.listParts(r -> r.bucket(CACHE).key("secret").uploadId(theirs)).parts())
        .hasSize(1);
  }

  @Test
  void unknownKeysAndWrongSecretsAreToldApart() {
    try (S3Client unknown = s3.client(Endpoint.credentials("NOBODY"));
        S3Client wrong =
            s3.client(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("ADMIN", "wrong")))) {
      assertCode("InvalidAccessKeyId", () -> get(unknown, CACHE, KEY));
      assertCode("SignatureDoesNotMatch", () -> get(wrong, CACHE, KEY));
    }
  }

  @Test
  void policiesSurviveARestart() {
    String version = s3.put(CACHE, KEY, "good").versionId();
    s3.tag(KEY, version, "nix-verdict", "verified");
    s3.close();
    s3 = Endpoint.start(directory);
    assertThat(get(s3.anonymous, CACHE, KEY).asUtf8String()).isEqualTo("good");
    assertThat(s3.admin.getBucketPolicy(r -> r.bucket(CACHE)).policy())
        .isEqualTo(Endpoint.VERIFIED_ONLY);
    s3.admin.deleteBucketPolicy(r -> r.bucket(CACHE));
    assertCode("NoSuchBucketPolicy", () -> s3.admin.getBucketPolicy(r -> r.bucket(CACHE)));
    assertDenied(() -> get(s3.anonymous, CACHE, KEY));
    assertCode(
        "MalformedPolicy", () -> s3.admin.putBucketPolicy(r -> r.bucket(CACHE).policy("{}")));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertCode("AccessDenied", call);
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
