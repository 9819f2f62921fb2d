package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Paths that mean to leave the bucket, and keys that no client of Nix would choose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathTraversalTest {
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../access-keys.properties",
        "/%2e%2e/access-keys.properties",
        "/..%2f..%2faccess-keys.properties",
        "/%252e%252e%252faccess-keys.properties",
        "/nar/../../example-nix-cache-state/settings.json",
        "/nar/..%5c..%5csigning-key.sec",
        "/nar/%c0%ae%c0%ae/signing-key.sec",
        "/nar/x%00.nar",
        "/nar/%",
        "/nar/%zz",
        "/;/nar/x",
        "//etc/passwd",
        "/nar/.narthex-x",
        "/.mpus-x/y",
        "/log/.narthex-x.drv",
        "/nar/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaa",
        "/nar/%ff%fe",
      })
  void leadsNowhereAtEitherDoor(String path) {
    assertThat(get(doors.url(), path)).isBetween(400, 499);
    assertThat(get(doors.s3(), "/" + BUCKET + path)).isBetween(400, 499);
    assertThat(get(doors.s3(), path)).isBetween(400, 499);
  }

  private static int get(URI door, String path) {
    return Doors.raw(door, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  @Test
  void oddKeysAreRefusedOrLieUnseenAndStopNobody() {
    List<String> keys =
        List.of(
            "nar/a b+c&d=e.nar",
            "nar/\u00e9\u4e2d\ud83d\ude00.nar",
            "nar/a\tb\r\nc.nar",
            "nar/../settings.json",
            "nar//x",
            "log/<script>.drv",
            "x.narinfo",
            ".narinfo",
            "nar/" + "a".repeat(300) + ".nar",
            "A".repeat(32) + ".narinfo",
            "realisations/sha256:x!out.doi",
            "debuginfo/%2e%2e.debug",
            "nar/%2e%2e/x");
    for (String key : keys) {
      putOrBeRefused(key);
    }
    doors.settle();
    for (String key : keys) {
      String encoded = URLEncoder.encode(key, UTF_8).replace("+", "%20").replace("%2F", "/");
      assertThat(get(doors.url(), "/" + encoded)).as(key).isBetween(400, 499);
      assertThat(get(doors.s3(), "/" + BUCKET + "/" + encoded)).as(key).isBetween(400, 499);
    }
    SamplePath good = doors.store.path("good");
    doors.upload(good);
    assertThat(doors.front("/" + good.narInfoKey()).statusCode()).isEqualTo(200);
  }

  private void putOrBeRefused(String key) {
    try {
      doors.put(key, "x".getBytes(UTF_8));
    } catch (S3Exception e) {
      assertThat(e.statusCode()).as(key).isBetween(400, 499);
    }
  }
}
