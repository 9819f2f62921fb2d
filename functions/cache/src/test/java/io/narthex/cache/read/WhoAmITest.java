package io.narthex.cache.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Inline;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhoAmITest {
  private static final Caller RUN =
      new Caller(
          new Authenticated(
              new Identity(
                  PrincipalText.parse("arn:aws:sts::111122223333:assumed-role/ci/run-7"),
                  Map.of("team", "infra"),
                  Optional.of("AROAEXAMPLE:run-7"),
                  Optional.of(Instant.parse("2026-11-22T09:00:00Z"))),
              "token nxtexample"),
          Optional.of("::ffff:198.51.100.7"),
          true,
          Optional.empty(),
          Optional.empty());

  private static String asked(Hall hall, Caller caller) {
    return ((Inline) hall.ask("GET", "/api/v1/whoami", caller)).payload().toString();
  }

  @Test
  void showsACallerWhatIsKnownOfIt() {
    assertThat(asked(Hall.of(Hall.PUBLIC), RUN))
        .isEqualTo(
            """
            {
              "principal" : "arn:aws:sts::111122223333:assumed-role/ci/run-7",
              "account" : "111122223333",
              "credential" : "token nxtexample",
              "tags" : {
                "team" : "infra"
              },
              "userId" : "AROAEXAMPLE:run-7",
              "issued" : "2026-11-22T09:00:00Z",
              "sourceIp" : "198.51.100.7",
              "secureTransport" : true,
              "policyLooksAtTags" : false,
              "decisions" : [ {
                "action" : "s3:GetObject",
                "key" : "nix-cache-info",
                "allowed" : true
              }, {
                "action" : "s3:GetObject",
                "key" : "00000000000000000000000000000000.narinfo",
                "allowed" : true
              }, {
                "action" : "s3:GetObject",
                "key" : "nar/0000000000000000000000000000000000000000000000000000.nar.xz",
                "allowed" : true
              }, {
                "action" : "s3:ListBucket",
                "allowed" : true
              } ]
            }
            """);
  }

  @Test
  void answersNobodyInParticularTooAndSaysWhyItMayNotRead() {
    assertThat(asked(Hall.of(Hall.PRIVATE), Hall.ANONYMOUS))
        .contains(
            "\"principal\" : \"anonymous\"",
            "\"credential\" : \"no credentials\"",
            "\"allowed\" : false",
            "\"reason\" : \"implicit_deny\"")
        .doesNotContain("\"allowed\" : true", "\"account\"");
  }

  @Test
  void looksAtNoObject() {
    Hall hall = Hall.of(Hall.BY_AUDIENCE);
    assertThat(asked(hall, Hall.STRANGER)).contains("\"policyLooksAtTags\" : true");
    assertThat(hall.store.requests).isEmpty();
  }

  @Test
  void answersHead() {
    assertThat(Hall.of(Hall.PUBLIC).head("/api/v1/whoami")).isInstanceOf(Described.class);
  }
}
