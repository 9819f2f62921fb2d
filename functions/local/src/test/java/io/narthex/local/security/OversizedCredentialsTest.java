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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Credentials that are longer than any. They are refused and not cut off, nor taken for none: what
 * is asked for is open to everyone, so that this would show as an answer.
 */
class OversizedCredentialsTest {
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
  @ValueSource(ints = {6_000, 8_193, 9_500, 10_240, 20_000, 1 << 20})
  void areRefusedAtBothDoors(int length) {
    String much = "a".repeat(length);
    for (String value :
        List.of(
            much,
            "Basic " + much,
            "Basic " + base64("anna:" + "a".repeat(length * 3 / 4)),
            "Bearer " + much,
            "Bearer a.b." + much,
            "Bearer " + much + ".b.c",
            cache.token() + much,
            "AWS4-HMAC-SHA256 Credential=" + much,
            "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/s3/aws4_request, SignedHeaders="
                + "a;".repeat(length / 2)
                + ", Signature=0")) {
      for (Door door : List.of(cache.front, cache.s3)) {
        String head = door.head("GET", door.root() + "/" + open.narInfoKey());
        assertThat(door.send(head + "Authorization: " + value + "\r\n", 0))
            .matches(RawAnswer::isRefusal);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6_000, 20_000, 1 << 20})
  void areRefusedInAPresignedUrl(int length) {
    URI url = URI.create(cache.front.get(open.narKey()).header("Location").orElseThrow());
    Door s3 = cache.presigned(url);
    String target = url.getRawPath() + "?" + url.getRawQuery();
    for (String parameter :
        List.of("X-Amz-Signature=", "X-Amz-Credential=", "X-Amz-SignedHeaders=", "X-Amz-Date=")) {
      String longer = target.replace(parameter, parameter + "a".repeat(length));
      assertThat(s3.ask("GET", longer)).as(parameter).matches(RawAnswer::isRefusal);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
