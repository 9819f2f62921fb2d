package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.Redirect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object is decided by its own key and its own tags. */
class SeparateReadersTest {
  private static final String NAR = "nar/x.nar";
  private static final String LOG = "log/" + Hall.HASH + "-a.drv";
  private static final String DEBUG_INFO =
      "debuginfo/0123456789012345678901234567890123456789.debug";
  private static final String REALISATION = "build-trace-v2/" + Hall.HASH + "-a.drv/out.doi";
  private static final Caller AUDITOR = Hall.caller("arn:aws:iam::111122223333:role/auditor");
  private static final Caller TEAM_A =
      Hall.caller("arn:aws:iam::111122223333:role/team-a", "team", "a");
  private static final Caller TEAM_B =
      Hall.caller("arn:aws:iam::111122223333:role/team-b", "team", "b");
  private static final Caller JOKER =
      Hall.caller("arn:aws:iam::111122223333:role/team-b", "team", "*");

  /** Team A reads everything, team B what is tagged for it, an auditor narinfos and no NARs. */
  private static final String TEAMS =
      """
      {"Version":"2012-10-17","Statement":[
        {"Sid":"TeamA","Effect":"Allow","Action":"s3:GetObject",
         "Principal":{"AWS":"arn:aws:iam::111122223333:role/team-a"},
         "Resource":"arn:aws:s3:::example-nix-cache/*"},
        {"Sid":"TeamB","Effect":"Allow","Action":"s3:GetObject",
         "Principal":{"AWS":"arn:aws:iam::111122223333:role/team-b"},
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/team":"${aws:PrincipalTag/team}"}}},
        {"Sid":"Auditor","Effect":"Allow","Action":"s3:GetObject",
         "Principal":{"AWS":"arn:aws:iam::111122223333:role/auditor"},
         "Resource":["arn:aws:s3:::example-nix-cache/nix-cache-info",
           "arn:aws:s3:::example-nix-cache/*.narinfo"]}]}
      """;

  private static Hall cache() {
    byte[] bytes = "x".getBytes(UTF_8);
    return Hall.of(TEAMS)
        .with("nix-cache-info", bytes, Hall.verified())
        .with(Hall.NARINFO, bytes, Hall.verified().with("team", "b"))
        .with(NAR, bytes, Hall.verified())
        .with(LOG, bytes, Hall.verified())
        .with(DEBUG_INFO, bytes, Hall.verified())
        .with(REALISATION, bytes, Hall.verified())
        .with(Hall.HASH + ".ls", bytes, Hall.verified())
        .withReport("{}");
  }

  @Test
  void letsAnAuditorReadNarInfosAndNoNars() {
    assertThat(cache().ask("GET", "/" + Hall.NARINFO, AUDITOR)).isInstanceOf(Inline.class);
    assertThat(cache().ask("GET", "/" + NAR, AUDITOR)).isInstanceOf(Hidden.class);
    assertThat(cache().ask("HEAD", "/" + NAR, AUDITOR)).isInstanceOf(Hidden.class);
  }

  @Test
  void letsATeamReadWhatIsTaggedForIt() {
    assertThat(cache().ask("GET", "/" + Hall.NARINFO, TEAM_B)).isInstanceOf(Inline.class);
    assertThat(cache().ask("GET", "/" + NAR, TEAM_B)).isInstanceOf(Hidden.class);
    Hall tagged = cache().with(NAR, "x".getBytes(UTF_8), Hall.verified().with("team", "b"));
    assertThat(tagged.ask("GET", "/" + NAR, TEAM_B)).isInstanceOf(Redirect.class);
  }

  @Test
  void givesAUrlOfTheVersionWhoseTagsWereJudgedAndOfNoLaterOne() {
    Hall tagged = cache().with(NAR, "x".getBytes(UTF_8), Hall.verified().with("team", "b"));
    var first = (Redirect) tagged.ask("GET", "/" + NAR, TEAM_B);
    tagged.with(NAR, "y".getBytes(UTF_8), Hall.verified().with("team", "b"));
    var second = (Redirect) tagged.ask("GET", "/" + NAR, TEAM_B);
    assertThat(version(first)).startsWith("v").isNotEqualTo(version(second));
  }

  private static String version(Redirect redirect) {
    return redirect.location().getQuery().replaceAll("versionId=([^&]*).*", "$1");
  }

  @Test
  void takesAStarInATagForAStar() {
    assertThat(cache().ask("GET", "/" + Hall.NARINFO, JOKER)).isInstanceOf(Hidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {LOG, DEBUG_INFO, REALISATION, Hall.HASH + ".ls"})
  void decidesTheOtherObjectsByTheirOwnKeys(String key) {
    assertThat(cache().ask("GET", "/" + key, TEAM_A)).isInstanceOf(Inline.class);
    assertThat(cache().ask("GET", "/" + key, AUDITOR)).isInstanceOf(Hidden.class);
    assertThat(cache().ask("GET", "/" + key, TEAM_B)).isInstanceOf(Hidden.class);
    assertThat(cache().get("/" + key)).isInstanceOf(Hidden.class);
  }

  @Test
  void decidesReportsByTheKeyOfTheNarInfo() {
    String path = "/api/v1/paths/" + Hall.HASH;
    for (Caller caller : new Caller[] {TEAM_A, TEAM_B, AUDITOR}) {
      assertThat(cache().ask("GET", path, caller)).isInstanceOf(Inline.class);
    }
    assertThat(cache().get(path))
        .isInstanceOfSatisfying(
            Hidden.class, it -> assertThat(it.denial().key()).hasToString(Hall.NARINFO));
  }

  @Test
  void signsUrlsForGetAloneAndForAsLongAsAClientNeeds() {
    Redirect redirect = (Redirect) cache().ask("GET", "/" + NAR, TEAM_A);
    assertThat(redirect.location().getPath()).isEqualTo("/" + NAR);
    assertThat(redirect.location().getQuery())
        .satisfies(
            query ->
                assertThat(Integer.parseInt(query.replaceAll(".*X-Amz-Expires=", "")))
                    .isBetween(60, 300));
    assertThat(cache().ask("HEAD", "/" + NAR, TEAM_A)).isInstanceOf(Described.class);
  }

  @Test
  void letsNobodyInParticularReadAnything() {
    for (String path : List.of("/nix-cache-info", "/" + NAR, "/" + LOG)) {
      assertThat(cache().get(path)).isInstanceOf(Hidden.class);
    }
  }
}
