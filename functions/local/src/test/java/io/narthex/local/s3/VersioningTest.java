package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class VersioningTest {
  private static final String KEY = "abc.narinfo";

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
  void everyWriteIsAVersionOfItsOwn() {
    String first = s3.put(CACHE, KEY, "one").versionId();
    String second = s3.put(CACHE, KEY, "two").versionId();
    assertThat(first).matches("[A-Za-z0-9._-]+").isNotEqualTo(second);
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("two");
    assertThat(get(s3.admin, CACHE, KEY).response().versionId()).isEqualTo(second);
    assertThat(
            s3.admin
                .getObjectAsBytes(r -> r.bucket(CACHE).key(KEY).versionId(first))
                .asUtf8String())
        .isEqualTo("one");
    assertThat(s3.admin.headObject(r -> r.bucket(CACHE).key(KEY).versionId(first)).contentLength())
        .isEqualTo(3);
  }

  @Test
  void deletingTheNewestVersionBringsBackTheOneBelowWithItsTags() {
    String first = s3.put(CACHE, KEY, "good").versionId();
    s3.tag(KEY, first, "nix-verdict", "verified");
    String second = s3.put(CACHE, KEY, "tampered").versionId();
    assertThat(s3.admin.getObjectTagging(r -> r.bucket(CACHE).key(KEY)).tagSet()).isEmpty();

    DeleteObjectResponse deleted =
        s3.admin.deleteObject(r -> r.bucket(CACHE).key(KEY).versionId(second));

    assertThat(deleted.versionId()).isEqualTo(second);
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("good");
    assertThat(get(s3.admin, CACHE, KEY).response().tagCount()).isEqualTo(1);
    assertThat(s3.admin.getObjectTagging(r -> r.bucket(CACHE).key(KEY)).versionId())
        .isEqualTo(first);
    assertThat(s3.admin.getObjectTagging(r -> r.bucket(CACHE).key(KEY)).tagSet())
        .isEqualTo(Endpoint.tagging("nix-verdict", "verified").tagSet());
  }

  @Test
  void deletingAVersionThatIsNotTheNewestChangesNothingElse() {
    String first = s3.put(CACHE, KEY, "one").versionId();
    s3.put(CACHE, KEY, "two");
    s3.admin.deleteObject(r -> r.bucket(CACHE).key(KEY).versionId(first));
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("two");
    assertThatThrownBy(
            () -> s3.admin.getObjectAsBytes(r -> r.bucket(CACHE).key(KEY).versionId(first)))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(code(e)).isEqualTo("NoSuchVersion"));
  }

  @Test
  void aDeleteHidesTheKeyAndItsUndoingShowsItAgain() {
    s3.put(CACHE, KEY, "one");
    DeleteObjectResponse hidden = s3.admin.deleteObject(r -> r.bucket(CACHE).key(KEY));
    assertThat(hidden.deleteMarker()).isTrue();
    assertThatThrownBy(() -> get(s3.admin, CACHE, KEY)).isInstanceOf(NoSuchKeyException.class);
    assertThat(s3.admin.listObjectsV2(r -> r.bucket(CACHE)).contents()).isEmpty();
    assertThatThrownBy(
            () -> s3.admin.headObject(r -> r.bucket(CACHE).key(KEY).versionId(hidden.versionId())))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(405));

    s3.admin.deleteObject(r -> r.bucket(CACHE).key(KEY).versionId(hidden.versionId()));

    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("one");
  }

  @Test
  void theLastVersionTakesTheKeyWithIt() {
    String only = s3.put(CACHE, "nar/x.nar", "one").versionId();
    s3.admin.deleteObject(r -> r.bucket(CACHE).key("nar/x.nar").versionId(only));
    assertThatThrownBy(() -> get(s3.admin, CACHE, "nar/x.nar"))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(versions().versions()).isEmpty();
    s3.admin.deleteBucket(r -> r.bucket(CACHE));
  }

  @Test
  void listsVersionsAndMarkersInPagesNewestFirst() {
    s3.put(CACHE, "b", "1");
    s3.put(CACHE, "a", "1");
    s3.put(CACHE, "a", "2");
    s3.admin.deleteObject(r -> r.bucket(CACHE).key("a"));
    s3.put(CACHE, "dir/c", "1");

    assertThat(versions().versions())
        .extracting(ObjectVersion::key)
        .containsExactly("a", "a", "b", "dir/c");
    assertThat(versions().versions())
        .extracting(ObjectVersion::isLatest)
        .containsExactly(false, false, true, true);
    assertThat(versions().deleteMarkers())
        .singleElement()
        .matches(m -> m.key().equals("a") && m.isLatest());
    List<String> paged =
        s3.admin.listObjectVersionsPaginator(r -> r.bucket(CACHE).maxKeys(1)).stream()
            .flatMap(page -> page.versions().stream())
            .map(ObjectVersion::versionId)
            .toList();
    assertThat(paged)
        .isEqualTo(versions().versions().stream().map(ObjectVersion::versionId).toList());
    assertThat(s3.admin.listObjectVersions(r -> r.bucket(CACHE).delimiter("/")).commonPrefixes())
        .singleElement()
        .matches(p -> p.prefix().equals("dir/"));
    assertThat(s3.admin.listObjectVersions(r -> r.bucket(CACHE).prefix("dir/")).versions())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nar/a.nar       | nar/a.nar nar/a.nar.xz
          nar/a.nar.x     | nar/a.nar.xz
          nar/            | nar/a.nar nar/a.nar.xz nar/b
          na              | nar/a.nar nar/a.nar.xz nar/b
          nar/a.nar/      | ''
          nar/b/c         | ''
          nar/./a         | ''
          nar/../nar/     | ''
          ../             | ''
          /etc/           | ''
          nar//a          | ''
          """)
  void listsTheVersionsOfKeysWithAPrefixAndNothingElse(String prefix, String keys) {
    s3.put(CACHE, "nar/a.nar", "1");
    s3.put(CACHE, "nar/a.nar.xz", "1");
    s3.put(CACHE, "nar/b", "1");
    s3.put(CACHE, "other", "1");

    assertThat(s3.admin.listObjectVersions(r -> r.bucket(CACHE).prefix(prefix)).versions())
        .extracting(ObjectVersion::key)
        .containsExactly(keys.isEmpty() ? new String[0] : keys.split(" "));
  }

  @Test
  void whatIsOlderThanVersioningIsTheVersionNull() {
    s3.put(PLAIN, KEY, "old");
    assertThat(s3.admin.getBucketVersioning(r -> r.bucket(PLAIN)).status()).isNull();
    s3.admin.putBucketVersioning(
        r ->
            r.bucket(PLAIN).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    String second = s3.put(PLAIN, KEY, "new").versionId();
    assertThat(
            s3.admin
                .getObjectAsBytes(r -> r.bucket(PLAIN).key(KEY).versionId("null"))
                .asUtf8String())
        .isEqualTo("old");

    s3.admin.deleteObject(r -> r.bucket(PLAIN).key(KEY).versionId(second));

    assertThat(get(s3.admin, PLAIN, KEY).asUtf8String()).isEqualTo("old");
    s3.admin.deleteObject(r -> r.bucket(PLAIN).key(KEY).versionId("null"));
    assertThatThrownBy(() -> get(s3.admin, PLAIN, KEY)).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aBucketWithoutVersioningHasNoVersions() {
    assertThat(s3.put(PLAIN, KEY, "one").versionId()).isNull();
    s3.put(PLAIN, KEY, "two");
    assertThat(s3.admin.deleteObject(r -> r.bucket(PLAIN).key(KEY)).deleteMarker()).isNull();
    assertThatThrownBy(() -> get(s3.admin, PLAIN, KEY)).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () -> s3.admin.getObjectAsBytes(r -> r.bucket(PLAIN).key(KEY).versionId("0001")))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void copiesAndMultipartUploadsAreVersionsToo() {
    String first = s3.put(CACHE, KEY, "one").versionId();
    s3.put(CACHE, KEY, "two");
    var restored =
        s3.admin.copyObject(
            r ->
                r.sourceBucket(CACHE)
                    .sourceKey(KEY)
                    .sourceVersionId(first)
                    .destinationBucket(CACHE)
                    .destinationKey(KEY));
    assertThat(restored.versionId()).isNotEqualTo(first);
    assertThat(restored.copySourceVersionId()).isEqualTo(first);
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("one");

    var upload = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key(KEY));
    var part =
        s3.admin.uploadPart(
            r -> r.bucket(CACHE).key(KEY).uploadId(upload.uploadId()).partNumber(1),
            RequestBody.fromString("three"));
    var completed =
        s3.admin.completeMultipartUpload(
            r ->
                r.bucket(CACHE)
                    .key(KEY)
                    .uploadId(upload.uploadId())
                    .multipartUpload(
                        m ->
                            m.parts(
                                CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
    assertThat(get(s3.admin, CACHE, KEY).response().versionId()).isEqualTo(completed.versionId());
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("three");
  }

  @ParameterizedTest
  @CsvSource({"1,5d41402abc4b2a76b9719d911017c592", "2,7d793037a0760186574b0282f2f435e7"})
  void aCompletionMustNameThePartsThatWereSent(int number, String eTag) {
    String id = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key(KEY)).uploadId();
    s3.admin.uploadPart(
        r -> r.bucket(CACHE).key(KEY).uploadId(id).partNumber(1), RequestBody.fromString("world"));
    CompletedPart claimed = CompletedPart.builder().partNumber(number).eTag(eTag).build();

    assertThatThrownBy(
            () ->
                s3.admin.completeMultipartUpload(
                    r ->
                        r.bucket(CACHE)
                            .key(KEY)
                            .uploadId(id)
                            .multipartUpload(m -> m.parts(claimed))))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(code(e)).isEqualTo("InvalidPart"));
    assertThat(versions().versions()).isEmpty();
  }

  private ListObjectVersionsResponse versions() {
    return s3.admin.listObjectVersions(r -> r.bucket(CACHE));
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails().errorCode();
  }
}
