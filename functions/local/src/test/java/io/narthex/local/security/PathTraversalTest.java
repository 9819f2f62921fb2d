package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static io.narthex.local.security.RunningCache.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, keys and queries that name something else than they seem to. */
class PathTraversalTest {
  private static final String PUT_LENGTH = "Content-Length: 6\r\n";

  @TempDir private static Path directory;
  private static RunningCache cache;
  private static SamplePath waiting;

  @BeforeAll
  static void start() throws IOException {
    // Deep enough that what climbs out of it is still found here.
    cache = RunningCache.in(Files.createDirectories(directory.resolve("a/b/c/d")));
    cache.verified("hello-1.0");
    waiting = cache.store.path("waiting-1.0", cache.store.storePath("missing-1.0"));
    cache.upload(waiting);
    cache.settle();
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../access-keys.properties",
        "/../../../../../../../../etc/passwd",
        "/nar/../nix-cache-info",
        "/./nix-cache-info",
        "/%2e%2e/access-keys.properties",
        "/%2e%2e%2faccess-keys.properties",
        "/..%2f..%2fsigning-key.sec",
        "/%252e%252e%252fsigning-key.sec",
        "/nar/%2e%2e/nix-cache-info",
        "/nar/..%5c..%5csigning-key.sec",
        "/nar/..\\..\\signing-key.sec",
        "\\nix-cache-info",
        "nix-cache-info",
        "/nix-cache-info/",
        "//nix-cache-info",
        "/nar//x.nar",
        "/nar/",
        "/nix-cache-info%00",
        "/nar/x.nar%00.xz",
        "/%00",
        "/nix-cache-info%0d%0aHost:%20x",
        "/nix-cache-info%20",
        "/nix-cache-info;a=b",
        "/nix-cache-info%3fa",
        "/nix-cache-info%23a",
        "/nar/%ff%fe.nar",
        "/nar/%c0%ae%c0%ae/nix-cache-info",
        "/nar/\u00ff.nar",
        "/nar/%e2%80%ae.nar",
        "/nar/%",
        "/nar/%2",
        "/nar/%zz",
        "/nar/%u002e%u002e/x",
        "/-/../nix-cache-info",
        "/-/status/../../nix-cache-info",
        "/-/",
        "/api/v1/paths/",
        "/api/v1/paths/..%2f..%2fsettings.json",
        "/api/v1/paths/../../settings.json",
        "/settings.json",
        "/reports/x.json",
        "/log/../nix-cache-info",
        "/realisations/..%2f..%2fsettings.json",
        "*",
        "http://example.org/nar/../nix-cache-info"
      })
  void reachNothingAtTheFront(String target) {
    assertRefused(cache.front.ask("GET", target));
    assertThat(cache.front.ask("HEAD", target)).matches(RawAnswer::isRefusal);
  }

  static Stream<String> s3Targets() {
    return Stream.of(
            "/BUCKET/../STATE/settings.json",
            "/BUCKET/%2e%2e/STATE/settings.json",
            "/BUCKET/%2e%2e%2fSTATE%2fintruder",
            "/BUCKET/..%2f..%2f..%2fintruder",
            "/BUCKET/nar/../../STATE/settings.json",
            "/BUCKET/nar/../../../intruder",
            "/BUCKET/nar/./intruder",
            "/BUCKET/nar/%2e/intruder",
            "/BUCKET/%2fintruder",
            "/BUCKET//intruder",
            "/BUCKET/nar//intruder",
            "/BUCKET/nar/intruder/",
            "/BUCKET/nar/intruder%00.nar",
            "/BUCKET/%00",
            "/BUCKET/intruder%0d%0aX-Injected:%201",
            "/BUCKET/intruder%7f",
            "/BUCKET/%ff%feintruder",
            "/BUCKET/%c0%ae%c0%ae%c0%afintruder",
            "/BUCKET/intruder%",
            "/BUCKET/intruder%2",
            "/BUCKET/intruder%zz",
            "/BUCKET/.mpus-intruder",
            "/BUCKET/.s3proxy-intruder",
            "/BUCKET/.narthex-intruder",
            "/BUCKET/nar/.narthex-intruder",
            "/BUCKET/" + "a".repeat(1025),
            "/BUCKET/" + "a".repeat(256),
            "/BUCKET/" + "%c3%bc".repeat(513),
            "/BUCKET/" + "a/".repeat(511) + "../intruder",
            "/../intruder",
            "/%2e%2e/intruder",
            "/..%2fintruder/x",
            "/.narthex/intruder",
            "/BUCKET%2f..%2fSTATE/settings.json",
            "/BUCKET%00/intruder",
            "/STATE/settings.json",
            "/STATE/intruder")
        .map(target -> target.replace("BUCKET", BUCKET).replace("STATE", STATE));
  }

  @ParameterizedTest
  @MethodSource("s3Targets")
  void reachNothingAtTheS3Endpoint(String target) {
    assertRefused(cache.s3.ask("GET", target));
    assertThat(cache.s3.ask("HEAD", target)).matches(RawAnswer::isRefusal);
  }

  @ParameterizedTest
  @MethodSource("s3Targets")
  void reachNothingForAnUploaderEither(String target) throws IOException {
    var head = new SignedHead(cache.s3, cache.credentials("upload"));
    List<String> before = cache.versions();
    for (RawAnswer answer :
        List.of(
            cache.s3.send(head.of("GET", target), 0),
            cache.s3.send(head.of("PUT", target) + PUT_LENGTH, 6))) {
      assertRefused(answer);
      assertThat(answer.body()).doesNotContain("SignatureDoesNotMatch");
    }
    assertThat(cache.versions()).isEqualTo(before);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("intruder"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nar/..%5C..%5Cx.nar",
        "/C%3A%5Cx.narinfo",
        "/nar/x%3Fy.nar",
        "/nar/x%23y.nar",
        "/nar/x%20y.nar",
        "/nar/x%252e%252e%252fy.nar",
        "/nar/%C3%BC.nar",
        "/nar/%E2%80%AEran.x",
        "/...",
        "/nar/...",
        "/~root",
        "/%2Dx",
        "/nar/%25",
        "/nar/x%27%3B--.nar",
        "/%3Cscript%3E.narinfo"
      })
  void keysThatAreOddAndNoMoreAreStoredAndNeverServed(String key) {
    var head = new SignedHead(cache.s3, cache.credentials("upload"));
    assertThat(cache.s3.send(head.of("PUT", cache.s3.root() + key) + PUT_LENGTH, 6))
        .matches(answer -> answer.status() == 200);
    cache.assertUnseen(key.substring(1));
    cache.settle();
    cache.assertUnseen(key.substring(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nix-Cache-Info", "NIX-CACHE-INFO", "nix-cache-inf%4f", "NIX-cache-info"})
  void anotherCaseIsAnotherKey(String key) {
    cache.assertUnseen(key);
    assertThat(cache.s3.ask("GET", "/" + BUCKET.toUpperCase(Locale.ROOT) + "/nix-cache-info"))
        .matches(RawAnswer::isRefusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "?&&==&",
        "?%00",
        "?%ff=%fe",
        "?%",
        "?a=%zz",
        "?versionId=",
        "?versionId=null",
        "?versionId=..%2f..%2fx",
        "?versionId=%00",
        "?partNumber=1",
        "?partNumber=-1",
        "?uploads",
        "?uploadId=..%2f..%2fx",
        "?uploadId=x&partNumber=1",
        "?tagging",
        "?acl",
        "?policy",
        "?torrent",
        "?attributes",
        "?legal-hold",
        "?retention",
        "?restore",
        "?select&select-type=2",
        "?versioning",
        "?delete",
        "?tagging&uploads",
        "?x-id=GetObject",
        "?list-type=2",
        "?response-content-type=text/html",
        "?response-content-disposition=a%0d%0aX-Injected:%201",
        "?X-Amz-Algorithm=AWS4-HMAC-SHA256",
        "?X-Amz-Signature=0",
        "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=c"
            + "&X-Amz-SignedHeaders=d&X-Amz-Signature=e",
        "?AWSAccessKeyId=a&Expires=99999999999&Signature=b",
        "?x-amz-tagging=nix-verdict%3Dverified",
        "?nix-verdict=verified"
      })
  void queriesDoNotShowWhatWaits(String query) {
    for (String key : List.of(waiting.narInfoKey(), waiting.narKey())) {
      for (Door door : List.of(cache.front, cache.s3)) {
        for (String method : List.of("GET", "HEAD")) {
          assertThat(door.ask(method, door.root() + "/" + key + query))
              .matches(RawAnswer::isRefusal);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Original-URL: /-/status",
        "X-Rewrite-URL: /nix-cache-info",
        "X-HTTP-Method-Override: PUT",
        "X-Forwarded-Host: 127.0.0.1",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Proto: https",
        "Forwarded: for=127.0.0.1;proto=https",
        "X-Amz-Security-Token: x",
        "Authorization: AWS4-HMAC-SHA256 Credential=x",
        "Authorization: AWS x:y",
        "Authorization: Basic eDp5",
        "Authorization: \u00ff",
        "Range: bytes=0-10",
        "Range: bytes=-1",
        "If-None-Match: *",
        "If-Modified-Since: Mon, 23 Nov 2026 00:00:00 GMT",
        "Expect: 100-continue",
        "x-amz-copy-source: /" + BUCKET + "/nix-cache-info",
        "x-amz-tagging: nix-verdict=verified"
      })
  void headersDoNotShowWhatWaits(String header) {
    for (String key : List.of(waiting.narInfoKey(), waiting.narKey())) {
      for (Door door : List.of(cache.front, cache.s3)) {
        String head = door.head("GET", door.root() + "/" + key) + header + "\r\n";
        assertThat(door.send(head, 0)).matches(RawAnswer::isRefusal);
      }
    }
  }

  private static void assertRefused(RawAnswer answer) {
    assertThat(answer).matches(RawAnswer::isRefusal);
    assertThat(answer.body()).doesNotContain("StoreDir", "secret", "trusted", "root:");
  }
}
