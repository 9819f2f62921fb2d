package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

final class BucketTest {
  private static final String FRESH = "fresh-bucket";

  @TempDir private Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void createsListsAndDeletes() {
    s3.admin.createBucket(r -> r.bucket(FRESH));
    assertThat(s3.admin.listBuckets().buckets())
        .extracting(Bucket::name)
        .containsExactly(CACHE, PLAIN, FRESH);
    assertCode("BucketAlreadyOwnedByYou", () -> s3.admin.createBucket(r -> r.bucket(FRESH)));
    assertCode("AccessDenied", () -> s3.uploader.createBucket(r -> r.bucket("other-bucket")));
    assertCode("AccessDenied", () -> s3.uploader.listBuckets());
    s3.put(FRESH, "k", "x");
    assertCode("BucketNotEmpty", () -> s3.admin.deleteBucket(r -> r.bucket(FRESH)));
    s3.admin.deleteObject(r -> r.bucket(FRESH).key("k"));
    s3.admin.deleteBucket(r -> r.bucket(FRESH));
    assertCode("NoSuchBucket", () -> s3.put(FRESH, "k", "x"));
    assertCode("NoSuchBucket", () -> s3.stranger.listObjectsV2(r -> r.bucket(FRESH)));
  }

  @Test
  void aHiddenObjectKeepsItsBucket() {
    s3.put(CACHE, "k", "x");
    s3.admin.deleteObject(r -> r.bucket(CACHE).key("k"));
    assertCode("BucketNotEmpty", () -> s3.admin.deleteBucket(r -> r.bucket(CACHE)));
  }

  @Test
  void aNewBucketHasNothingOfAnOldOneOfItsName() {
    s3.server.createBucket(FRESH, true);
    s3.server.putBucketPolicy(FRESH, Endpoint.VERIFIED_ONLY.replace(CACHE, FRESH));
    s3.admin.deleteBucket(r -> r.bucket(FRESH));
    s3.admin.createBucket(r -> r.bucket(FRESH));
    assertThat(s3.admin.getBucketVersioning(r -> r.bucket(FRESH)).status()).isNull();
    assertCode("NoSuchBucketPolicy", () -> s3.admin.getBucketPolicy(r -> r.bucket(FRESH)));
  }

  @Test
  void versioningCannotBeSuspended() {
    assertCode(
        "NotImplemented",
        () ->
            s3.admin.putBucketVersioning(
                r ->
                    r.bucket(CACHE)
                        .versioningConfiguration(c -> c.status(BucketVersioningStatus.SUSPENDED))));
    assertThat(s3.admin.getBucketVersioning(r -> r.bucket(CACHE)).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
  }

  @Test
  void settingsSurviveARestart() {
    s3.close();
    s3 = Endpoint.start(directory);
    assertThat(s3.put(CACHE, "k", "x").versionId()).isNotNull();
    assertThat(s3.put(PLAIN, "k", "x").versionId()).isNull();
  }

  @Test
  void listsWithDelimitersAndInPages() {
    for (String key : List.of("a", "nar/1", "nar/2", "z")) {
      s3.put(CACHE, key, "x");
    }
    var grouped = s3.admin.listObjectsV2(r -> r.bucket(CACHE).delimiter("/"));
    assertThat(grouped.contents()).extracting(S3Object::key).containsExactly("a", "z");
    assertThat(grouped.commonPrefixes()).singleElement().matches(p -> p.prefix().equals("nar/"));
    assertThat(s3.admin.listObjectsV2Paginator(r -> r.bucket(CACHE).maxKeys(1)).contents())
        .extracting(S3Object::key)
        .containsExactly("a", "nar/1", "nar/2", "z");
  }

  @Test
  void uploadsUnderWayAreListedAndNeverAsObjects() {
    String id = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key("nar/x")).uploadId();
    s3.admin.uploadPart(
        r -> r.bucket(CACHE).key("nar/x").uploadId(id).partNumber(1), RequestBody.fromString("x"));
    assertThat(s3.admin.listObjectsV2(r -> r.bucket(CACHE)).contents()).isEmpty();
    assertThat(s3.admin.listObjectVersions(r -> r.bucket(CACHE)).versions()).isEmpty();
    assertThat(s3.admin.listMultipartUploads(r -> r.bucket(CACHE)).uploads())
        .singleElement()
        .matches(u -> u.key().equals("nar/x") && u.uploadId().equals(id));
    s3.admin.abortMultipartUpload(r -> r.bucket(CACHE).key("nar/x").uploadId(id));
    assertCode(
        "NoSuchUpload",
        () ->
            s3.admin.uploadPart(
                r -> r.bucket(CACHE).key("nar/x").uploadId(id).partNumber(2),
                RequestBody.fromString("x")));
    assertCode(
        "NoSuchUpload", () -> s3.admin.listParts(r -> r.bucket(CACHE).key("nar/x").uploadId(id)));
    assertThat(s3.events).isEmpty();
  }

  @Test
  void refusesMetadataThatWouldNotFit() {
    assertCode(
        "MetadataTooLarge",
        () ->
            s3.admin.putObject(
                r -> r.bucket(CACHE).key("k").metadata(Map.of("m", "x".repeat(2048))),
                RequestBody.fromString("x")));
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
