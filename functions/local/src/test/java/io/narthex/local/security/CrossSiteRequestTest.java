package io.narthex.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page that the cache's operator visits, or another user of the machine, operates it. */
class CrossSiteRequestTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "restore", "redrive"})
  void aPostOfAPageFromElsewhereIsRefused(String what) throws IOException {
    for (String origin : new String[] {"https://example.org", "null", "http://127.0.0.1"}) {
      assertThat(post(what, key(), "Origin: " + origin + "\r\n").status())
          .as(origin)
          .isEqualTo(404);
    }
    cache.settle();
    cache.assertServed(verified.narInfoKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "restore", "redrive"})
  void aPostWithoutTheOperatorsKeyIsRefused(String what) {
    assertThat(post(what, "", "").status()).isEqualTo(403);
    assertThat(post(what, "0".repeat(64), "").status()).isEqualTo(403);
    assertThat(cache.front.ask("POST", "/-/" + what + query()).status()).isEqualTo(400);
    cache.settle();
    cache.assertServed(verified.narInfoKey());
  }

  @Test
  void theOperatorsPostIsDone() throws IOException {
    assertThat(post("revoke", key(), "").status()).isEqualTo(200);
    cache.settle();
    cache.assertUnseen(verified.narInfoKey());
    assertThat(post("restore", key(), "").status()).isEqualTo(200);
    cache.settle();
    cache.assertServed(verified.narInfoKey());
  }

  private static String key() throws IOException {
    return Files.readString(data.resolve("operator-key")).strip();
  }

  private static String query() {
    return "?path=" + verified.storePath().hash() + "&reason=x";
  }

  private static RawAnswer post(String what, String key, String headers) {
    String body =
        "{\"key\": \"%s\", \"path\": \"%s\", \"reason\": \"x\"}"
            .formatted(key, verified.storePath().hash());
    return cache.front.send(
        cache.front.head("POST", "/-/" + what)
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        0);
  }
}
