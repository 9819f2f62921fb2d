package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A presigned URL is given away that shows more than its readers may see. */
class PresignedUrlTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath verified;
  private static SamplePath waiting;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    verified = cache.verified("hello-1.0");
    waiting = cache.store.path("waiting-1.0", cache.store.storePath("missing-1.0"));
    cache.upload(waiting);
    cache.settle();
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @AfterEach
  void resume() {
    cache.resume();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "validate", "serve", "provision"})
  void nobodyCanPresignWhatIsNotVerified(String user) {
    for (String key : List.of(waiting.narInfoKey(), waiting.narKey())) {
      assertThat(open(presigned(user, key))).matches(RawAnswer::isRefusal);
    }
    if (user.equals("upload") || user.equals("serve")) {
      assertThat(open(presigned(user, verified.narKey())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "validate", "serve", "provision"})
  void nobodyCanPresignAVersionThatIsNotVerified(String user) {
    String key = waiting.narKey();
    String version = cache.uploader.headObject(r -> r.bucket(BUCKET).key(key)).versionId();
    try (var presigner = cache.presigner(user)) {
      URI url =
          URI.create(
              presigner
                  .presignGetObject(
                      p ->
                          p.signatureDuration(DAY)
                              .getObjectRequest(r -> r.bucket(BUCKET).key(key).versionId(version)))
                  .url()
                  .toString());
      assertThat(open(url)).matches(RawAnswer::isRefusal);
    }
  }

  @Test
  void aUrlForAVerifiedObjectOpensNothingElse() {
    String url = presigned("upload", verified.narKey()).toString();
    for (String changed :
        List.of(
            url.replace(verified.narKey(), waiting.narKey()),
            url.replace(verified.narKey(), waiting.narInfoKey()),
            url.replace(verified.narKey(), "nar/../" + waiting.narKey()),
            url + "&versionId=null",
            url + "&tagging",
            url.replace("X-Amz-Expires=86400", "X-Amz-Expires=604800"),
            url.replace("X-Amz-Expires=86400", "X-Amz-Expires=99999999999"),
            url.replace("X-Amz-Signature=", "X-Amz-Signature=0"))) {
      assertThat(open(URI.create(changed))).as(changed).matches(RawAnswer::isRefusal);
    }
  }

  @Test
  void aRedirectGivesTheVersionThatWasJudgedAlsoOnceItsNarIsOverwritten() {
    SamplePath path = cache.verified("overwritten-1.0");
    RawAnswer redirect = cache.front.get(path.narKey());
    assertThat(redirect.status()).isEqualTo(307);
    assertThat(cache.follow(redirect).body()).isEqualTo(new String(path.file(), ISO_8859_1));
    cache.hold();
    cache.upload(path.narKey(), "tampered".getBytes(UTF_8));
    assertThat(cache.follow(redirect).body()).isEqualTo(new String(path.file(), ISO_8859_1));
    assertThat(cache.front.get(path.narKey())).matches(RawAnswer::isRefusal);
    cache.resume();
    assertThat(cache.follow(redirect).body()).isEqualTo(new String(path.file(), ISO_8859_1));
  }

  @Test
  void aRedirectIsForItsNarAndForReadingOnly() {
    RawAnswer redirect = cache.front.get(verified.narKey());
    URI location = URI.create(redirect.header("Location").orElseThrow());
    String target = location.getRawPath() + "?" + location.getRawQuery();
    Door s3 = cache.presigned(location);
    assertThat(redirect.header("Cache-Control")).contains("no-store");
    assertThat(s3.ask("GET", target).status()).isEqualTo(200);
    for (String method : List.of("PUT", "POST", "DELETE", "HEAD")) {
      assertThat(s3.ask(method, target)).as(method).matches(RawAnswer::isRefusal);
    }
    assertThat(s3.ask("GET", target.replace(verified.narKey(), waiting.narKey())))
        .matches(RawAnswer::isRefusal);
    assertThat(s3.ask("GET", target + "&response-content-type=text%2Fhtml"))
        .matches(RawAnswer::isRefusal);
    assertThat(s3.ask("GET", target.replaceFirst("versionId=[^&]*&?", "")))
        .matches(RawAnswer::isRefusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?X-Amz-Expires=604800",
        "?response-content-type=text%2Fhtml",
        "?response-content-disposition=a%0d%0aX-Injected:%201",
        "?versionId=null"
      })
  void theQueryOfAReaderIsNoPartOfARedirect(String query) {
    RawAnswer redirect = cache.front.get(verified.narKey() + query);
    assertThat(redirect.status()).isEqualTo(307);
    assertThat(redirect.header("Location").orElseThrow())
        .doesNotContain("604800", "response-content", "versionId=null", "Injected");
  }

  private static RawAnswer open(URI url) {
    return cache.s3.ask("GET", url.getRawPath() + "?" + url.getRawQuery());
  }

  private static URI presigned(String user, String key) {
    try (var presigner = cache.presigner(user)) {
      return URI.create(
          presigner
              .presignGetObject(
                  p -> p.signatureDuration(DAY).getObjectRequest(r -> r.bucket(BUCKET).key(key)))
              .url()
              .toString());
    }
  }
}
