package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two credentials in one request: whoever is in front believes one of them, and we the other. What
 * is asked for is open to everyone, so that credentials that are passed over would show as an
 * answer.
 */
class DuplicateAuthorizationTest {
  private static final String OTHER = "Basic " + base64("anna:secret of another machine");

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

  static Stream<String> pairs() {
    String token = cache.token();
    return Stream.of(
        line(token) + line(token),
        line(token) + line(OTHER),
        line(OTHER) + line(token),
        line(token) + "AUTHORIZATION: " + OTHER + "\r\n",
        line(token) + "X-Between: 1\r\nauthorization: " + token + "\r\n",
        line(token) + line(""),
        line("") + line(token),
        line(token + "," + token),
        line(token + ", " + OTHER),
        line(token + " " + token));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void areRefusedAtTheFront(String lines) {
    for (String method : List.of("GET", "HEAD")) {
      for (String key : List.of(open.narInfoKey(), open.narKey(), "api/v1/whoami", "x")) {
        RawAnswer answer = cache.front.send(cache.front.head(method, "/" + key) + lines, 0);
        assertThat(answer.status()).as("%s %s", method, key).isIn(400, 401);
      }
    }
  }

  @Test
  void oneOfThemIsTakenAtTheFront() {
    String head = cache.front.head("GET", "/api/v1/whoami");
    RawAnswer answer = cache.front.send(head + line(cache.token()), 0);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains(RunningCache.ROLE);
  }

  @Test
  void areRefusedAtTheS3EndpointWhicheverComesFirst() {
    String target = cache.s3.root() + "/" + open.narInfoKey();
    var signed = new SignedHead(cache.s3, cache.credentials("upload"));
    String first = cache.s3.head("GET", target);
    String good = signed.of("GET", target).substring(first.length());
    String authorization = good.substring(good.indexOf("Authorization:"));
    assertThat(cache.s3.send(first + good, 0).status()).isEqualTo(200);
    for (String lines :
        List.of(
            good + line(OTHER),
            line(OTHER) + good,
            good + authorization,
            good + authorization.replace("Authorization", "authorization"),
            good + line(""))) {
      RawAnswer answer = cache.s3.send(first + lines, 0);
      assertThat(answer.status()).as(lines).isEqualTo(400);
      assertThat(answer.body()).contains("<Code>InvalidArgument</Code>");
    }
  }

  @Test
  void aSignatureInTheUrlAndAHeaderAreRefusedAtTheS3Endpoint() {
    URI url = URI.create(cache.front.get(open.narKey()).header("Location").orElseThrow());
    String target = url.getRawPath() + "?" + url.getRawQuery();
    Door s3 = cache.presigned(url);
    var signed = new SignedHead(s3, cache.credentials("upload"));
    String good = signed.of("GET", url.getRawPath());
    String authorization = good.substring(good.indexOf("Authorization:"));
    assertThat(s3.ask("GET", target).status()).isEqualTo(200);
    for (String lines : List.of(line(OTHER), line(cache.token()), authorization, line(""))) {
      RawAnswer answer = s3.send(s3.head("GET", target) + lines, 0);
      assertThat(answer.status()).as(lines).isEqualTo(400);
      assertThat(answer.body()).contains("Only one auth mechanism allowed");
    }
  }

  private static String line(String value) {
    return "Authorization: " + value + "\r\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
