package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.http.HostNames;
import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page whose name is made to resolve to 127.0.0.1 reads what anonymous readers may. */
class DnsRebindingTest {
  private static final int MISDIRECTED = 421;

  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath verified;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data, HostNames.LOOPBACK.and(List.of("Cache.example", "10.0.0.7")));
    verified = cache.verified("hello-1.0");
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "rebound.example:%d",
        "127.0.0.1.rebound.example:%d",
        "localhost.rebound.example:%d",
        BUCKET + ".localhost.rebound.example:%d",
        "rebound-localhost:%d",
        "localhost@rebound.example",
        "rebound.example#.localhost",
        "x.cache.example",
        "cache.example.",
        "10.0.0.8:%d",
        "0.0.0.0:%d",
        ""
      })
  void neitherDoorAnswersByTheNameOfAPage(String host) {
    for (String key : List.of("nix-cache-info", verified.narInfoKey(), verified.narKey())) {
      for (Door door : List.of(cache.front, cache.s3)) {
        assertThat(ask(door, door.root() + "/" + key, host).status())
            .as(door.uri() + " " + key)
            .isIn(400, MISDIRECTED);
      }
      assertThat(ask(cache.s3, "/" + key, host).status()).isIn(400, MISDIRECTED);
    }
    assertThat(ask(cache.front, "/-/status", host).status()).isIn(400, MISDIRECTED);
    assertThat(ask(cache.s3, "/", host).body()).doesNotContain(BUCKET);
  }

  @Test
  void bothDoorsSayWhy() {
    assertThat(ask(cache.front, "/nix-cache-info", "rebound.example"))
        .returns(MISDIRECTED, RawAnswer::status)
        .returns("{\"message\":\"Misdirected Request\"}", RawAnswer::body);
    assertThat(ask(cache.s3, "/", "rebound.example"))
        .returns(MISDIRECTED, RawAnswer::status)
        .satisfies(answer -> assertThat(answer.body()).contains("<Code>MisdirectedRequest</Code>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:%d",
        "127.0.0.1",
        "localhost:%d",
        "LocalHost:8443",
        "[::1]:%d",
        "cache.example",
        "CACHE.example:443",
        "10.0.0.7:%d"
      })
  void bothDoorsAnswerByTheirOwnNames(String host) {
    for (Door door : List.of(cache.front, cache.s3)) {
      assertThat(ask(door, door.root() + "/" + verified.narInfoKey(), host).status())
          .as(door.uri().toString())
          .isEqualTo(200);
    }
  }

  @Test
  void theEndpointAnswersByTheNameOfABucketUnderLocalhostWhichIsNoPages() {
    String host = BUCKET + ".localhost:" + cache.s3.uri().getPort();
    assertThat(ask(cache.s3, "/" + verified.narInfoKey(), host).status()).isEqualTo(200);
    assertThat(ask(cache.front, "/" + verified.narInfoKey(), host).status()).isEqualTo(MISDIRECTED);
  }

  @Test
  void whoSaysTwoNamesOrNoneIsAnsweredByNeither() {
    String own = "Host: localhost\r\n";
    for (Door door : List.of(cache.front, cache.s3)) {
      String target = door.root() + "/" + verified.narInfoKey();
      for (String lines : List.of("", own + "Host: rebound.example\r\n", own + own)) {
        assertThat(door.send(Door.head("GET", target, lines), 0).status()).isIn(400, MISDIRECTED);
      }
      String old = Door.head("GET", target, "").replace("HTTP/1.1", "HTTP/1.0");
      assertThat(door.send(old, 0).status()).isEqualTo(MISDIRECTED);
    }
  }

  private static RawAnswer ask(Door door, String target, String host) {
    String port = Integer.toString(door.uri().getPort());
    return door.send(Door.head("GET", target, "Host: " + host.replace("%d", port) + "\r\n"), 0);
  }
}
