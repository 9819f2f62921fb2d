package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A policy that says one thing twice is put: S3 would decide by one of them, and the API by
 * another.
 */
class DuplicatePolicyKeysTest {
  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath open;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    open = cache.verified("hello-1.0");
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Effect\":\"Deny\",\"Effect\":\"Allow\"",
        "\"Effect\":\"Deny\",\"Effec\\u0074\":\"Allow\"",
        "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"}"
      })
  void areNotTakenAndTheOldOneStays(String twice) {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{%s,"Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*"}]}"""
            .formatted(twice);
    try (S3Client admin = cache.client("admin")) {
      String before = admin.getBucketPolicy(r -> r.bucket(BUCKET)).policy();
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(() -> admin.putBucketPolicy(r -> r.bucket(BUCKET).policy(policy)))
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy"));
      assertThat(admin.getBucketPolicy(r -> r.bucket(BUCKET)).policy()).isEqualTo(before);
    }
    cache.assertServed(open.narInfoKey());
  }
}
