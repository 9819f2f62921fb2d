package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A key that is decided by one spelling and read by another, at the S3 endpoint; {@code
 * ReadThreatsTest} has the same for the API.
 */
class PathSpellingTest {
  /** Everybody may read {@code nar/open/}, and nobody anything else. */
  private static final String OPEN_FOLDER =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/nar/open/*"}]}
      """;

  @TempDir private static Path data;
  private static RunningCache cache;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    cache.hold();
    for (String key : List.of("nar/open/x", "nar/closed", "nar/OPEN/x", "closed")) {
      cache.upload(key, key.getBytes(UTF_8));
    }
    try (S3Client admin = cache.client("admin")) {
      admin.putBucketPolicy(r -> r.bucket(BUCKET).policy(OPEN_FOLDER));
    }
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nar/open/../closed",
        "nar/open/%2e%2e/closed",
        "nar/open/%2E%2E/closed",
        "nar/open%2f..%2fclosed",
        "nar/open/%252e%252e/closed",
        "nar/open/./../closed",
        "/nar/open/../closed",
        "nar/open//../closed",
        "nar//open/x",
        "nar/open/..%00/closed",
        "nar/open/%c0%ae%c0%ae/closed",
        "nar/open/%ff",
        "nar/open/\\..\\closed",
        "nar/OPEN/x",
        "nar/%4fPEN/x",
        "NAR/open/x",
        "nar/closed",
        "nar/%63losed",
        "nar%2fclosed",
        "nar/open/../../closed",
        "nar/open/x/../../closed",
        "nar/open/x;a",
        "nar/open/x/",
        "nar/open/x%20"
      })
  void opensNothing(String spelling) {
    for (String method : List.of("GET", "HEAD")) {
      RawAnswer answer = cache.s3.ask(method, cache.s3.root() + "/" + spelling);
      assertThat(answer).matches(RawAnswer::isRefusal);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nar/open/x", "nar/%6fpen/x", "nar%2fopen%2Fx", "%6E%61%72/open/%78"})
  void ofTheSameKeyIsTheSame(String spelling) {
    assertThat(cache.s3.get(spelling).body()).isEqualTo("nar/open/x");
  }
}
