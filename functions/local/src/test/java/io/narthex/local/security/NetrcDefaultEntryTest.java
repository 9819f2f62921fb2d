package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code default} line in the netrc file: curl sends the credentials of some other machine to us,
 * and on to S3 when the API redirects there. Each answer says what is wrong, and repeats nothing of
 * them.
 */
class NetrcDefaultEntryTest {
  private static final String PASSWORD = "correct-horse";
  private static final String PAIR =
      Base64.getEncoder().encodeToString(("anna:" + PASSWORD).getBytes(UTF_8));
  private static final String LINE = "Authorization: Basic " + PAIR + "\r\n";

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

  @Test
  void isNobodysHereAndTheFrontSaysSo() {
    for (String key : List.of("nix-cache-info", open.narInfoKey(), open.narKey(), "absent")) {
      RawAnswer answer = cache.front.send(cache.front.head("GET", "/" + key) + LINE, 0);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Basic realm=");
      assertThat(answer.body()).contains("the credentials are no good here");
      assertSilent(answer);
    }
  }

  /** As curl follows: the same Authorization to the host of the presigned URL. */
  @Test
  void isOneCredentialTooManyForARedirectToS3() {
    RawAnswer redirect =
        cache.front.send(
            cache.front.head("GET", "/" + open.narKey())
                + "Authorization: "
                + cache.token()
                + "\r\n",
            0);
    assertThat(redirect.status()).isEqualTo(307);
    URI url = URI.create(redirect.header("Location").orElseThrow());
    Door s3 = cache.presigned(url);
    String target = url.getRawPath() + "?" + url.getRawQuery();
    RawAnswer answer = s3.send(s3.head("GET", target) + LINE, 0);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<Code>InvalidArgument</Code>", "Only one auth mechanism allowed");
    assertSilent(answer);
    assertThat(s3.ask("GET", target).status()).isEqualTo(200);
  }

  @Test
  void isNoSignatureForTheS3EndpointItself() {
    for (String method : List.of("GET", "HEAD")) {
      String target = cache.s3.root() + "/" + open.narInfoKey();
      RawAnswer answer = cache.s3.send(cache.s3.head(method, target) + LINE, 0);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .contains(method.equals("GET") ? "Unsupported Authorization Type" : "");
      assertSilent(answer);
    }
  }

  private static void assertSilent(RawAnswer answer) {
    assertThat(answer.head() + answer.body()).doesNotContain("anna", PASSWORD, PAIR);
  }
}
