package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** An uploader who gives out the verdict itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTagsTest {
  private static final String VERDICT = "nix-verdict=verified";
  private static final String FORGED = "nar/forged.nar";
  private static final Tagging TAGGING =
      Tagging.builder().tagSet(Tag.builder().key("nix-verdict").value("verified").build()).build();

  private Doors doors;
  private SamplePath verified;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
    verified = doors.store.path("verified");
    doors.upload(verified);
    assertThat(doors.bucket(verified.narKey()).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  /** A way to a tagged object; {@code source} is one that is verified. */
  enum Forgery {
    PUT {
      @Override
      void attempt(S3Client s3, String source) {
        s3.putObject(
            p -> p.bucket(BUCKET).key(FORGED).tagging(VERDICT), RequestBody.fromString("x"));
      }
    },
    PUT_IN_OTHER_CASE {
      @Override
      void attempt(S3Client s3, String source) {
        s3.putObject(
            p -> p.bucket(BUCKET).key(FORGED).tagging("Nix-Verdict=verified&team=x"),
            RequestBody.fromString("x"));
      }
    },
    MULTIPART {
      @Override
      void attempt(S3Client s3, String source) {
        s3.createMultipartUpload(c -> c.bucket(BUCKET).key(FORGED).tagging(VERDICT));
      }
    },
    TAG_AFTERWARDS {
      @Override
      void attempt(S3Client s3, String source) {
        s3.putObjectTagging(p -> p.bucket(BUCKET).key(source).tagging(TAGGING));
      }
    },
    TAG_A_VERSION {
      @Override
      void attempt(S3Client s3, String source) {
        String version = s3.headObject(h -> h.bucket(BUCKET).key(source)).versionId();
        s3.putObjectTagging(p -> p.bucket(BUCKET).key(source).versionId(version).tagging(TAGGING));
      }
    },
    REMOVE_TAGS {
      @Override
      void attempt(S3Client s3, String source) {
        s3.deleteObjectTagging(p -> p.bucket(BUCKET).key(source));
      }
    },
    COPY {
      @Override
      void attempt(S3Client s3, String source) {
        s3.copyObject(
            c ->
                c.sourceBucket(BUCKET)
                    .sourceKey(source)
                    .destinationBucket(BUCKET)
                    .destinationKey(FORGED));
      }
    },
    COPY_WITH_NEW_TAGS {
      @Override
      void attempt(S3Client s3, String source) {
        s3.copyObject(
            c ->
                c.sourceBucket(BUCKET)
                    .sourceKey(source)
                    .destinationBucket(BUCKET)
                    .destinationKey(FORGED)
                    .taggingDirective(TaggingDirective.REPLACE)
                    .tagging(VERDICT));
      }
    },
    COPY_OF_A_PART {
      @Override
      void attempt(S3Client s3, String source) {
        String upload = s3.createMultipartUpload(c -> c.bucket(BUCKET).key(FORGED)).uploadId();
        s3.uploadPartCopy(
            c ->
                c.sourceBucket(BUCKET)
                    .sourceKey(source)
                    .destinationBucket(BUCKET)
                    .destinationKey(FORGED)
                    .uploadId(upload)
                    .partNumber(1));
      }
    };

    abstract void attempt(S3Client s3, String source);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedAndStoresNothing(Forgery forgery) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> forgery.attempt(doors.uploader, verified.narKey()))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThat(doors.uploader.listObjectsV2(l -> l.bucket(BUCKET).prefix(FORGED)).contents())
        .isEmpty();
    doors.assertUnreadable(FORGED);
    assertThat(doors.bucket(verified.narKey()).statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyWithoutCredentialsTagsOrWrites() {
    for (String method : new String[] {"PUT", "DELETE", "POST"}) {
      for (String query : new String[] {"", "?tagging", "?uploads"}) {
        String path = "/" + BUCKET + "/" + verified.narKey() + query;
        String request =
            "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                .formatted(method, path);
        assertThat(Doors.raw(doors.s3(), request)).as(request).isIn(400, 403, 405, 501);
      }
    }
    assertThat(doors.bucket(verified.narKey()).statusCode()).isEqualTo(200);
  }
}
