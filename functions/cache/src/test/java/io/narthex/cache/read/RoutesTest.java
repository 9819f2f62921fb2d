package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.BadRequest;
import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.MethodNotAllowed;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.nix.signature.PublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route: what is answered, under which headers. */
class RoutesTest {
  private static final String NAR =
      "nar/1w1fff338fvdw53sqgamddn1b2xgds473pv6y13gizdbqjv4i5p3.nar.xz";
  private static final String DRV = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a+b.drv";

  @Test
  void answersCacheInfoFromTheSettings() {
    var answer = (Inline) Hall.of(Hall.PUBLIC).get("/nix-cache-info");
    assertThat(answer.payload())
        .hasToString("StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n");
    assertThat(answer.headers().values()).containsEntry("Content-Type", "text/x-nix-cache-info");
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo, text/x-nix-narinfo",
    "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.ls, application/json",
    "debuginfo/0123456789012345678901234567890123456789.debug, application/json",
    "build-trace-v2/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a.drv/out.doi, application/json",
    "log/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a+b.drv, text/plain; charset=utf-8",
  })
  void answersSmallObjectsInlineUnderOurContentType(String key, String contentType) {
    var answer = (Inline) Hall.of(Hall.PUBLIC).with(key, "body").get("/" + key);
    assertThat(answer.payload()).hasToString("body");
    assertThat(answer.headers().values())
        .containsEntry("Content-Type", contentType)
        .containsEntry("Cache-Control", "public, max-age=60")
        .containsEntry("X-Content-Type-Options", "nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%21", "!"})
  void decodesTheExclamationMarkOfRealisations(String mark) {
    String name = "realisations/sha256:" + "0".repeat(64);
    Hall hall = Hall.of(Hall.PUBLIC).with(name + "!out.doi", "{}");
    assertThat(hall.get("/" + name + mark + "out.doi")).isInstanceOf(Inline.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/log/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a%2Bb.drv", "/log/" + DRV})
  void takesAPlusForAPlus(String path) {
    assertThat(Hall.of(Hall.PUBLIC).with("log/" + DRV, "ok").get(path)).isInstanceOf(Inline.class);
  }

  @Test
  void decodesNarInfosThatWereUploadedCompressed() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("StorePath: x\n".getBytes(UTF_8));
    }
    Hall hall = Hall.of(Hall.PUBLIC).withEncoded(Hall.NARINFO, packed.toByteArray(), "gzip");
    var answer = (Inline) hall.get("/" + Hall.NARINFO);
    assertThat(answer.payload()).hasToString("StorePath: x\n");
    assertThat(answer.headers().values()).doesNotContainKey("Content-Encoding");
  }

  @Test
  void asksS3OnceForANarInfo() {
    Hall hall = Hall.of(Hall.PUBLIC).with(Hall.NARINFO, "n");
    hall.get("/" + Hall.NARINFO);
    assertThat(hall.store.requests).containsExactly("open " + Hall.NARINFO);
  }

  @Test
  void answersHeadOfANarInfoWithItsDecodedLength() {
    assertThat(Hall.of(Hall.PUBLIC).with(Hall.NARINFO, "four").head("/" + Hall.NARINFO))
        .isInstanceOfSatisfying(Described.class, d -> assertThat(d.length()).isEqualTo(4));
  }

  @Test
  void redirectsNarsForAFewMinutes() {
    assertThat(Hall.of(Hall.PUBLIC).with(NAR, "nar").get("/" + NAR))
        .isInstanceOfSatisfying(
            Redirect.class,
            r ->
                assertThat(r.location())
                    .hasToString("https://s3.invalid/" + NAR + "?versionId=v1&X-Amz-Expires=300"));
  }

  @Test
  void answersHeadOfANarItself() {
    assertThat(Hall.of(Hall.PUBLIC).with(NAR, "four").head("/" + NAR))
        .isInstanceOfSatisfying(
            Described.class,
            d -> {
              assertThat(d.length()).isEqualTo(4);
              assertThat(d.headers().values())
                  .containsEntry("Content-Type", "application/x-nix-nar")
                  .containsEntry("Accept-Ranges", "bytes");
            });
  }

  @Test
  void redirectsWhatIsTooLargeForAnAnswerAndDescribesItToHead() {
    byte[] large = new byte[InlineKind.MAX_BODY + 1];
    Hall hall = Hall.of(Hall.PUBLIC).with("log/" + DRV, large, Hall.verified());
    assertThat(hall.get("/log/" + DRV))
        .isInstanceOfSatisfying(
            Redirect.class, r -> assertThat(r.location().getQuery()).contains("type=text/plain"));
    assertThat(hall.head("/log/" + DRV))
        .isInstanceOfSatisfying(
            Described.class, d -> assertThat(d.length()).isEqualTo(large.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/paths/" + Hall.HASH,
        "/api/v1/paths/" + Hall.HASH + "-curl-7.82.0-bin",
      })
  void answersReportsByHashAndByBaseName(String path) {
    var answer = (Inline) Hall.of(Hall.PUBLIC).withReport("{\"a\":1}").get(path);
    assertThat(answer.payload()).hasToString("{\"a\":1}");
    assertThat(answer.headers().values())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/paths/" + Hall.HASH, "/api/v1/paths/x", "/api/v1/paths/"})
  void knowsNoOtherReports(String path) {
    assertThat(Hall.of(Hall.PUBLIC).get(path)).isInstanceOf(NotFound.class);
  }

  @Test
  void tellsPeopleWhatToAddToTheirConfiguration() {
    var answer = (Inline) Hall.of(Hall.PRIVATE).get("/");
    assertThat(answer.payload().toString())
        .contains("extra-trusted-public-keys = cache.example.org-1:6NCHdD59X431o0gWypbMr")
        .contains("extra-substituters = https://cache.example.org/");
  }

  @Test
  void tellsPeopleTheKeyOfACacheThatSigns() {
    String own = "own-1:IKiwJHv0QKIwXJfyWLl8jK7e9Iq6jBqHZfeBWZd1d5U=";
    var answer = (Inline) Hall.of(Hall.PUBLIC).signingWith(PublicKey.parse(own)).get("/");
    assertThat(answer.payload().toString())
        .contains("extra-trusted-public-keys = " + own)
        .doesNotContain("cache.example.org-1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "OPTIONS", "PATCH", "get", ""})
  void refusesOtherMethods(String method) {
    assertThat(Hall.of(Hall.PUBLIC).ask(method, "/nix-cache-info", Hall.ANONYMOUS))
        .isInstanceOf(MethodNotAllowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%2", "/%zz", "/%+1", "/%ff", "/%c3%28"})
  void refusesPathsThatAreNotPercentEncodedText(String path) {
    assertThat(Hall.of(Hall.PUBLIC).get(path)).isInstanceOf(BadRequest.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "//nix-cache-info",
        "/nar/",
        "/nar/../x",
        "/index.html",
        "/.well-known/x"
      })
  void knowsNoOtherPaths(String path) {
    assertThat(Hall.of(Hall.PUBLIC).get(path)).isInstanceOf(NotFound.class);
  }
}
