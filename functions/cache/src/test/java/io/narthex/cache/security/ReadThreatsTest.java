package io.narthex.cache.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.cache.read.Answer.BadRequest;
import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.Hall;
import io.narthex.cache.read.ResponseHeaders;
import io.narthex.cache.store.Tags;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the reading door, each named for what it is after. */
class ReadThreatsTest {
  private static final String DRV = "log/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a.drv";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nar/../settings.json",
        "/nar/%2e%2e/settings.json",
        "/nar/%2e%2e%2fsettings.json",
        "/nar/%252e%252e%252fsettings.json",
        "/nar//x",
        "/nar/x%00.nar",
        "/nar/x%0d%0aSet-Cookie:%20a=b",
        "/reports/" + Hall.HASH + ".json",
        "/api/v1/paths/..%2fsettings",
        "/%6eix-cache-info%00",
      })
  void pathTraversalReachesNoOtherKey(String path) {
    Hall hall = Hall.of(Hall.PUBLIC).withReport("{}");
    assertThat(hall.get(path)).isInstanceOfAny(NotFound.class, BadRequest.class);
    assertThat(hall.store.requests).isEmpty();
  }

  @Test
  void overwriteOfAVerifiedObjectIsNotServed() {
    Hall hall = Hall.of(Hall.PUBLIC).with(Hall.NARINFO, "good");
    hall.with(Hall.NARINFO, "evil".getBytes(UTF_8), Tags.NONE);
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(NotFound.class);
  }

  @Test
  void swapBetweenTheLookAtTagsAndTheReadIsJudgedByItsOwnTags() {
    byte[] bytes = "n".getBytes(UTF_8);
    Hall hall = Hall.of(Hall.BY_AUDIENCE);
    hall.with(Hall.NARINFO, bytes, Hall.verified().with("audience", "public"));
    hall.store.afterTags(() -> hall.with(Hall.NARINFO, bytes, Hall.verified()));
    assertThat(hall.get("/" + Hall.NARINFO)).isNotInstanceOf(Inline.class);
  }

  @Test
  void existenceOfAPrivatePathDoesNotLeak() {
    Hall without = Hall.of(Hall.PRIVATE);
    Hall with = Hall.of(Hall.PRIVATE).with(Hall.NARINFO, "n").withReport("{}");
    for (String path : new String[] {"/" + Hall.NARINFO, "/api/v1/paths/" + Hall.HASH}) {
      for (Caller caller : new Caller[] {Hall.ANONYMOUS, Hall.STRANGER}) {
        assertThat(with.ask("GET", path, caller)).isEqualTo(without.ask("GET", path, caller));
      }
    }
  }

  @Test
  void contentTypeOfTheUploaderIsNotBelieved() {
    var log = (Inline) Hall.of(Hall.PUBLIC).with(DRV, "<script>").get("/" + DRV);
    assertThat(log.headers().values())
        .containsEntry("Content-Type", "text/plain; charset=utf-8")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox");
  }

  @Test
  void decompressionBombIsNotUnpacked() {
    byte[] bomb = new byte[5 << 20];
    assertThat(
            Hall.of(Hall.PUBLIC).with(Hall.NARINFO, bomb, Hall.verified()).get("/" + Hall.NARINFO))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void scriptInThePageIsText() {
    var page = (Inline) Hall.of(Hall.PUBLIC).get("/");
    assertThat(page.payload().toString()).contains("?a=&#39;b&#39;&amp;c");
    assertThat(page.headers().values().get("Content-Security-Policy"))
        .contains("default-src 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "\u0000", "é"})
  void headerInjectionCannotBeBuilt(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResponseHeaders.NONE.with("Location", value));
  }

  @Test
  void presignedUrlIsNotPrinted() {
    var redirect = (Redirect) Hall.of(Hall.PUBLIC).with("nar/x.nar", "n").get("/nar/x.nar");
    assertThat(redirect.toString()).doesNotContain("X-Amz");
  }

  /** Nobody in particular may read {@code nar/open/}, and nothing else. */
  private static final String OPEN_FOLDER =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/nar/open/*"}]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nar/open/../closed.nar",
        "/nar/open/%2e%2e/closed.nar",
        "/nar/open/%2E%2E/closed.nar",
        "/nar/open%2f..%2fclosed.nar",
        "/nar/open/%252e%252e/closed.nar",
        "/nar/open/./../closed.nar",
        "//nar/open/../closed.nar",
        "/nar/open//closed.nar",
        "/nar//open/../closed.nar",
        "/nar/open/..%00/closed.nar",
        "/nar/open/%00",
        "/nar/open/%c0%ae%c0%ae/closed.nar",
        "/nar/open/%ff.nar",
        "/nar/open/\\..\\closed.nar",
        "/NAR/open/x.nar",
        "/nar/open/x.nar?",
        "/nar/open/x.nar#",
        "/nar/open/x.nar;v=1",
        "/nar/open/x.nar/",
        "/nar/open/x.nar ",
      })
  void pathIsNotDecidedByOneSpellingAndReadByAnother(String path) {
    Hall hall =
        Hall.of(OPEN_FOLDER)
            .with("nar/closed.nar", "secret")
            .with("nar/open/x.nar", "open")
            .with("closed.nar", "secret");
    assertThat(hall.get(path)).isInstanceOfAny(NotFound.class, BadRequest.class);
    assertThat(hall.store.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nar/%6fpen/x.nar", "/nar%2fopen%2Fx.nar", "/%6E%61%72/open/x%2enar"})
  void pathInAnotherSpellingIsTheSameKey(String path) {
    Hall hall = Hall.of(OPEN_FOLDER).with("nar/open/x.nar", "open");
    assertThat(hall.get(path)).isInstanceOf(Redirect.class);
    assertThat(hall.store.requests).containsExactly("head nar/open/x.nar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nar/%63losed.nar", "/nar%2fclosed.nar", "/nar/OPEN/x.nar"})
  void pathInAnotherSpellingOpensNothing(String path) {
    Hall hall =
        Hall.of(OPEN_FOLDER).with("nar/closed.nar", "secret").with("nar/OPEN/x.nar", "secret");
    assertThat(hall.get(path)).isInstanceOf(Hidden.class);
    assertThat(hall.store.requests).isEmpty();
  }

  @Test
  void longPathsAreCheap() {
    assertThat(Hall.of(Hall.PUBLIC).get("/nar/" + "a".repeat(100_000)))
        .isInstanceOf(NotFound.class);
    assertThat(Hall.of(Hall.PUBLIC).get("/nar/" + "a/".repeat(1000))).isInstanceOf(NotFound.class);
  }

  @Test
  void everyPathIsAnsweredWithoutAnException() {
    var random = new Random(20261122);
    String alphabet = "/%.+=?:!-_ abz019\u00e9\u0000\r\n" + Hall.HASH + "nar/";
    for (int i = 0; i < 5_000; i++) {
      var path = new StringBuilder("/");
      for (int length = random.nextInt(60); length > 0; length--) {
        path.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Hall.of(Hall.PUBLIC).head(path.toString()))
          .isInstanceOfAny(NotFound.class, BadRequest.class, Described.class);
    }
  }
}
