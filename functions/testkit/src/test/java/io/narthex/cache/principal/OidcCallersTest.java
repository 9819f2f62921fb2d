package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.login.Issuance;
import io.narthex.cache.login.TokenExchange;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.principal.WebTokenSignatures.NotGood;
import io.narthex.policy.Principal.AssumedRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web tokens whose signature is beyond doubt, and what they must say besides. */
class OidcCallersTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"1\",\"typ\":\"JWT\"}";
  private static final String MAPPINGS =
      """
      {"issuers": [{"url": "https://issuer.example.org", "audiences": ["cache"], "mappings": [
        {"claims": {"repository": "acme/site", "ref": ["refs/heads/main", "refs/tags/*"]},
         "principal": "arn:aws:iam::111122223333:role/ci", "tags": {"repo": "{repository}"}},
        {"claims": {"groups": "nix", "admin": "true"},
         "principal": "arn:aws:iam::111122223333:root"},
        {"claims": {"repository": "acme/*"},
         "principal": "arn:aws:iam::111122223333:role/other", "tags": {"who": "{actor}"}},
        {"claims": {"sub": "stranger"},
         "principal": "arn:aws:iam::444455556666:role/other"}]}]}
      """;

  private final Door door = new Door();
  private Instant now;

  @BeforeEach
  void listIssuer() {
    door.principals(MAPPINGS);
    now = door.clock.instant();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private Authentication show(String header, String payload) {
    String token = encoded(header) + "." + encoded(payload) + ".c2ln";
    Authentication byBearer = door.authenticate("Bearer " + token);
    assertThat(door.authenticate(Door.basic("x", token))).isEqualTo(byBearer);
    return byBearer;
  }

  /** A token of this issuer with these claims besides; its {@code %s} are times. */
  private Authentication showClaims(String claims) {
    return show(
        HEADER,
        """
        {"iss":"https://issuer.example.org","aud":"cache","sub":"x","iat":%d,"exp":%d%s}
        """
            .formatted(now.getEpochSecond(), now.getEpochSecond() + 300, claims));
  }

  private static void assertRefused(Authentication authentication, String reason) {
    assertThat(authentication)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void letsInWhomTheFirstMappingThatMatchesTakes() {
    assertThat(showClaims(",\"repository\":\"acme/site\",\"ref\":\"refs/tags/v1\""))
        .isEqualTo(
            new Authenticated(
                new Identity(
                    new AssumedRole(Door.ROLE, Optional.empty(), true),
                    Map.of("repo", "acme/site"),
                    Optional.empty(),
                    Optional.of(Instant.ofEpochSecond(now.getEpochSecond()))),
                "web token of https://issuer.example.org"));
    assertThat(showClaims(",\"groups\":[\"users\",\"nix\"],\"admin\":true"))
        .isInstanceOfSatisfying(
            Authenticated.class,
            root -> assertThat(root.identity().userId()).contains(Door.ACCOUNT));
  }

  @Test
  void isNoYoungerAfterAnExchangeThanWhatWasShown() {
    String token =
        encoded(HEADER)
            + "."
            + encoded(
                """
                {"iss":"https://issuer.example.org","aud":"cache","sub":"x","iat":%d,"exp":%d,
                 "repository":"acme/site","ref":"refs/tags/v1"}
                """
                    .formatted(now.getEpochSecond() - 240, now.getEpochSecond() + 60))
            + ".c2ln";
    var oidc =
        new OidcCallers(
            (_, _) -> new WebTokenSignatures.Good(),
            door.settings,
            new Admittance(Door.ACCOUNT, door.settings),
            door.clock);
    Authentication shown = door.authenticate("Bearer " + token);
    Issuance issuance =
        new TokenExchange(oidc::identify, door.tokens)
            .exchange(Optional.of("Bearer " + token), Optional.empty());
    door.clock.advance(Duration.ofHours(1));
    assertThat(
            door.authenticate(Door.basic(((Issuance.Issued) issuance).token()))
                    instanceof Authenticated exchanged
                ? exchanged.identity().tokenIssueTime()
                : Optional.empty())
        .contains(Instant.ofEpochSecond(now.getEpochSecond() - 240))
        .isEqualTo(((Authenticated) shown).identity().tokenIssueTime());
  }

  @ParameterizedTest(name = "claims {0}")
  @ValueSource(
      strings = {
        "",
        ",\"repository\":\"evil/site\",\"ref\":\"refs/heads/main\"",
        ",\"repository\":{\"acme/site\":1}",
        ",\"groups\":[\"nixos\"],\"admin\":true",
        ",\"groups\":\"nix\"",
      })
  void letsInNobodyWithoutAMapping(String claims) {
    assertRefused(showClaims(claims), "no mapping");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"repository\":\"acme/x\"|no tag who",
        ",\"repository\":\"acme/x\",\"actor\":\"*\"|no tag who",
        ",\"repository\":\"acme/x\",\"actor\":\"${aws:userid}\"|no tag who",
        ",\"repository\":\"acme/x\",\"actor\":[\"a\",\"b\"]|no tag who",
      })
  void letsInNobodyWhoseTagsAreNone(String claims, String reason) {
    assertRefused(showClaims(claims), reason);
  }

  @Test
  void letsInNobodyByASignatureThatIsNotGood() {
    door.signature = new NotGood("why not");
    assertRefused(showClaims(",\"repository\":\"acme/site\",\"ref\":\"refs/tags/v1\""), "why not");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'iss':'https://issuer.example.org/','aud':'cache','sub':'x','iat':0,'exp':300}|not in the settings",
        "{'iss':'https://evil.example.org','aud':'cache','sub':'x','iat':0,'exp':300}|not in the settings",
        "{'aud':'cache','sub':'x','iat':0,'exp':300}|iss",
        "{'iss':'https://issuer.example.org','aud':'other','sub':'x','iat':0,'exp':300}|audience",
        "{'iss':'https://issuer.example.org','aud':['cache','other'],'sub':'x','iat':0,'exp':300}|audience",
        "{'iss':'https://issuer.example.org','aud':'cache/','sub':'x','iat':0,'exp':300}|audience",
        "{'iss':'https://issuer.example.org','sub':'x','iat':0,'exp':300}|audience",
        "{'iss':'https://issuer.example.org','aud':'cache','iat':0,'exp':300}|sub",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','exp':300}|iat",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':0}|exp",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':0,'exp':'300'}|exp",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':0,'exp':1e400}|exp",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':-100,'exp':-61}|over",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':61,'exp':300}|future",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':0,'nbf':61,'exp':300}|not come",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':-3661,'exp':300}|too old",
        "{'iss':'https://issuer.example.org','aud':'cache','sub':'stranger','iat':0,'exp':300}|account",
        "{'iss':'https://issuer.example.org','iss':'https://issuer.example.org','aud':'cache','sub':'x','iat':0,'exp':300}|payload",
        "{'iss':'https://issuer.example.org','sub':'x','sub':'stranger','aud':'cache','iat':0,'exp':300}|payload",
        "['iss']|payload",
        "nonsense|payload",
      })
  void refusesClaims(String claims, String reason) {
    assertRefused(show(HEADER, dated(claims)), reason);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "'iat':-59,'exp':-59",
        "'iat':59,'exp':300",
        "'iat':0,'exp':300,'nbf':59",
        "'iat':-3659,'exp':300",
      })
  void allowsForClocksThatAreAMinuteOff(String times) {
    String payload =
        "{'iss':'https://issuer.example.org','aud':['cache'],'sub':'x','repository':'acme/site',"
            + "'ref':'refs/heads/main',"
            + times
            + "}";
    assertThat(show(HEADER, dated(payload))).isInstanceOf(Authenticated.class);
  }

  @Test
  void isNotConfusedByTheEndOfAllTime() {
    String payload =
        """
        {"iss":"https://issuer.example.org","aud":"%s","sub":"x","iat":%d,"exp":%d,"nbf":%d}
        """;
    long last = Instant.MAX.getEpochSecond();
    long first = Instant.MIN.getEpochSecond();
    long seconds = now.getEpochSecond();
    assertRefused(show(HEADER, payload.formatted("other", seconds, last, first)), "audience");
    assertRefused(show(HEADER, payload.formatted("cache", first, last, first)), "too old");
    assertRefused(show(HEADER, payload.formatted("cache", last, last, last)), "future");
    assertRefused(show(HEADER, payload.formatted("cache", seconds, first, first)), "over");
  }

  /** With quotation marks, and times counted from now. */
  private String dated(String claims) {
    String json = claims.replace('\'', '"');
    for (String claim : new String[] {"iat", "exp", "nbf"}) {
      json =
          Pattern.compile("\"" + claim + "\":(-?\\d+)(?=[,}])")
              .matcher(json)
              .replaceAll(
                  m ->
                      "\"%s\":%d"
                          .formatted(claim, now.getEpochSecond() + Long.parseLong(m.group(1))));
    }
    return json;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'alg':'none'}|algorithm",
        "{'alg':'None'}|algorithm",
        "{'alg':''}|algorithm",
        "{'alg':'HS256','kid':'1'}|algorithm",
        "{'alg':'RS512'}|algorithm",
        "{'alg':'PS256'}|algorithm",
        "{'alg':'rs256'}|algorithm",
        "{'kid':'1'}|alg",
        "{'alg':'RS256','alg':'none'}|header",
        "{'alg':['RS256']}|alg",
        "{'alg':'RS256','kid':1}|kid",
        "{'alg':'RS256','jwk':{'kty':'RSA'}}|jwk",
        "{'alg':'RS256','jku':'https://evil.example.org/keys'}|jku",
        "{'alg':'RS256','x5u':'https://evil.example.org/cert'}|x5u",
        "{'alg':'RS256','x5c':['MIIB']}|x5c",
        "{'alg':'RS256','crit':['exp']}|crit",
        "{'alg':'RS256','b64':false}|b64",
        "{'alg':'RS256','cty':'JWT'}|cty",
        "{'alg':'RS256','zip':'DEF'}|zip",
        "{'alg':'RS256','enc':'A128GCM'}|enc",
        "{'alg':'RS256','typ':'logout+jwt'}|type",
        "nonsense|header",
      })
  void refusesHeaders(String header, String reason) {
    assertRefused(
        show(header.replace('\'', '"'), dated("{'iss':'https://issuer.example.org'}")), reason);
  }

  @Test
  void refusesWhatIsNotSignedOrNotInItsOneSpelling() {
    String header = encoded(HEADER);
    String payload = encoded("{}");
    assertRefused(door.authenticate("Bearer " + header + "." + payload + "."), "not signed");
    assertRefused(door.authenticate("Bearer " + header + ".."), "not signed");
    String twin = encoded("{\"alg\":\"RS256\"}").replaceAll(".$", "R");
    assertRefused(door.authenticate("Bearer " + twin + "." + payload + ".c2ln"), "header");
  }
}
