package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** An uploader gives its own upload a verdict. */
class ForgedTagsTest {
  private static final Tag VERDICT = Tag.builder().key("nix-verdict").value("verified").build();
  private static final String HEADER = "nix-verdict=verified";

  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath verified;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    verified = cache.verified("hello-1.0");
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  /** A way to get the tag onto a key. */
  enum Forgery {
    PUT_WITH_THE_TAG {
      @Override
      void attempt(S3Client client, String key) {
        put(client, key, HEADER);
      }
    },
    PUT_WITH_THE_TAG_AMONG_OTHERS {
      @Override
      void attempt(S3Client client, String key) {
        put(client, key, "team=a&" + HEADER + "&stage=b");
      }
    },
    PUT_WITH_THE_TAG_PERCENT_ENCODED {
      @Override
      void attempt(S3Client client, String key) {
        put(client, key, "%6eix%2Dverdict=%76erified");
      }
    },
    PUT_WITH_ANOTHER_VERDICT {
      @Override
      void attempt(S3Client client, String key) {
        put(client, key, "nix-verdict=");
      }
    },
    PUT_WITH_THE_TAG_IN_OTHER_CASE {
      @Override
      void attempt(S3Client client, String key) {
        put(client, key, "Nix-Verdict=verified");
      }
    },
    MULTIPART_WITH_THE_TAG {
      @Override
      void attempt(S3Client client, String key) {
        client.createMultipartUpload(r -> r.bucket(BUCKET).key(key).tagging(HEADER));
      }
    },
    COPY_WITH_ITS_TAGS {
      @Override
      void attempt(S3Client client, String key) {
        copy(client, key, r -> r.taggingDirective(TaggingDirective.COPY));
      }
    },
    COPY_BY_DEFAULT {
      @Override
      void attempt(S3Client client, String key) {
        copy(client, key, r -> {});
      }
    },
    COPY_WITH_OTHER_TAGS {
      @Override
      void attempt(S3Client client, String key) {
        copy(client, key, r -> r.taggingDirective(TaggingDirective.REPLACE).tagging(HEADER));
      }
    },
    COPY_WITHOUT_TAGS {
      @Override
      void attempt(S3Client client, String key) {
        copy(client, key, r -> r.taggingDirective(TaggingDirective.REPLACE));
      }
    };

    abstract void attempt(S3Client client, String key);

    private static void put(S3Client client, String key, String tags) {
      client.putObject(
          r -> r.bucket(BUCKET).key(key).tagging(tags), RequestBody.fromString("forged"));
    }

    private static void copy(
        S3Client client, String key, Consumer<CopyObjectRequest.Builder> more) {
      client.copyObject(
          r ->
              more.accept(
                  r.sourceBucket(BUCKET)
                      .sourceKey(verified.narInfoKey())
                      .destinationBucket(BUCKET)
                      .destinationKey(key)));
    }
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void isRefusedAndNothingIsStored(Forgery forgery) {
    List<String> before = cache.versions();
    String key = cache.store.storePath("forged").hash() + ".narinfo";
    assertDenied(() -> forgery.attempt(cache.uploader, key));
    assertThat(cache.versions()).isEqualTo(before);
    assertThat(cache.uploader.listMultipartUploads(r -> r.bucket(BUCKET)).uploads()).isEmpty();
    cache.assertUnseen(key);
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void isRefusedOverAVerifiedObjectToo(Forgery forgery) {
    List<String> before = cache.versions();
    assertDenied(() -> forgery.attempt(cache.uploader, verified.narKey()));
    assertThat(cache.versions()).isEqualTo(before);
    cache.assertServed(verified.narKey());
  }

  @Test
  void isRefusedAfterTheUploadToo() {
    SamplePath waiting = cache.store.path("waiting-1.0", cache.store.storePath("missing-1.0"));
    cache.upload(waiting);
    cache.settle();
    String key = waiting.narInfoKey();
    List<Tag> before = cache.tags(key);
    assertThat(before).doesNotContain(VERDICT);
    String version = cache.uploader.headObject(r -> r.bucket(BUCKET).key(key)).versionId();

    assertDenied(
        () ->
            cache.uploader.putObjectTagging(
                r -> r.bucket(BUCKET).key(key).tagging(t -> t.tagSet(VERDICT))));
    assertDenied(
        () ->
            cache.uploader.putObjectTagging(
                r -> r.bucket(BUCKET).key(key).versionId(version).tagging(t -> t.tagSet(VERDICT))));
    assertDenied(() -> cache.uploader.deleteObjectTagging(r -> r.bucket(BUCKET).key(key)));
    assertThat(cache.tags(key)).isEqualTo(before);
    cache.assertUnseen(key);
  }

  @Test
  void partsOfAMultipartUploadTakeNoTagAndNoCopyOfAVerifiedObject() {
    String key = cache.store.storePath("parts").hash() + ".narinfo";
    String upload = cache.uploader.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    assertDenied(
        () ->
            cache.uploader.uploadPartCopy(
                r ->
                    r.sourceBucket(BUCKET)
                        .sourceKey(verified.narInfoKey())
                        .destinationBucket(BUCKET)
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(1)));
    var part =
        cache.uploader.uploadPart(
            r ->
                r.bucket(BUCKET)
                    .key(key)
                    .uploadId(upload)
                    .partNumber(1)
                    .overrideConfiguration(o -> o.putHeader("x-amz-tagging", HEADER)),
            RequestBody.fromString("forged"));
    cache.uploader.completeMultipartUpload(
        r ->
            r.bucket(BUCKET)
                .key(key)
                .uploadId(upload)
                .overrideConfiguration(o -> o.putHeader("x-amz-tagging", HEADER))
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
    cache.assertUnseen(key);
    cache.settle();
    cache.assertUnseen(key);
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
  }
}
