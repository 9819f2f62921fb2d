package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.Forbidden;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.store.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers hear that may not read. */
class RefusalTest {
  private static final String LISTING_ALLOWED =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/nix-cache-info"},
        {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket",
         "Resource":"arn:aws:s3:::example-nix-cache"}]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nix-cache-info",
        "/" + Hall.NARINFO,
        "/nar/x.nar",
        "/api/v1/paths/" + Hall.HASH,
      })
  void hidesEverythingFromNobodyInParticularWhereNothingIsOpen(String path) {
    Hall hall = Hall.of(Hall.PRIVATE).with(Hall.NARINFO, "n").with("nar/x.nar", "n");
    assertThat(hall.get(path)).isInstanceOf(Hidden.class);
    assertThat(hall.head(path)).isInstanceOf(Hidden.class);
  }

  @Test
  void opensNothingWithoutAPolicy() {
    Hall hall = Hall.withoutPolicy().with(Hall.NARINFO, "n");
    assertThat(hall.get("/nix-cache-info")).isInstanceOf(Hidden.class);
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(Hidden.class);
  }

  @Test
  void saysForbiddenToNobodyInParticularWhoMayList() {
    Hall hall = Hall.of(LISTING_ALLOWED).with(Hall.NARINFO, "n");
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(Forbidden.class);
  }

  @Test
  void saysNotFoundToAKnownCallerWhoMayNotList() {
    Hall hall = Hall.of(Hall.PRIVATE).with(Hall.NARINFO, "n");
    assertThat(hall.ask("GET", "/" + Hall.NARINFO, Hall.STRANGER)).isInstanceOf(Hidden.class);
  }

  @Test
  void saysForbiddenToAKnownCallerWhoMayList() {
    Hall hall = Hall.of(LISTING_ALLOWED).with(Hall.NARINFO, "n");
    assertThat(hall.ask("GET", "/" + Hall.NARINFO, Hall.STRANGER)).isInstanceOf(Forbidden.class);
  }

  @Test
  void decidesByTheTagsOfTheCurrentVersion() {
    byte[] bytes = "n".getBytes(UTF_8);
    Tags open = Hall.verified().with("audience", "public");
    Hall hall =
        Hall.of(Hall.BY_AUDIENCE)
            .with("nix-cache-info", bytes, open)
            .with(Hall.NARINFO, bytes, open)
            .with("nar/x.nar", bytes, Hall.verified());
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(Inline.class);
    assertThat(hall.get("/nar/x.nar")).isInstanceOf(Hidden.class);
  }
}
