package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.store.StoreException;
import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody tries ids and secrets, or goes on with what is over. */
class TokenGuessingTest {
  private static final String NO_SUCH = "nxt_000000000000000000000000";

  private final Door door = new Door();

  private IssuedToken issue() {
    return door.tokens.create(Door.grant(Door.ROLE, Map.of("team", "a"), Duration.ofDays(1)));
  }

  private void assertRefused(String header, String reason) {
    assertThat(door.authenticate(header))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void letsTheHolderIn() {
    IssuedToken issued = issue();
    assertThat(door.authenticate(Door.basic(issued)))
        .isEqualTo(
            new Authenticated(
                new Identity(
                    new AssumedRole(Door.ROLE, Optional.empty(), true),
                    Map.of("team", "a"),
                    Optional.empty(),
                    Optional.of(issued.token().created())),
                "token " + issued.token().id()));
  }

  @Test
  void doesNotTakeWhatALoginDidNotTellForAbsent() {
    TokenGrant told = Door.grant(Door.ROLE, Map.of(), Duration.ofHours(1));
    var login =
        new TokenGrant(
            told.principal(),
            told.tags(),
            told.userId(),
            new TokenOrigin.Login(),
            told.description(),
            told.life());
    assertThat(door.authenticate(Door.basic(door.tokens.create(login))))
        .isInstanceOfSatisfying(
            Authenticated.class,
            let -> {
              assertThat(let.identity().isComplete()).isFalse();
              assertThat(let.identity().tokenIssueTime()).isEmpty();
            });
  }

  @Test
  void refusesUnknownWrongExpiredAndRevokedAlike() {
    IssuedToken issued = issue();
    String id = issued.token().id().value();
    String secret = issued.secret().reveal();
    assertRefused(Door.basic(NO_SUCH, secret), "no token");
    assertRefused(Door.basic(id, secret + "x"), "not the secret");
    assertRefused(Door.basic(id, ""), "not the secret");
    assertRefused(Door.basic(id, secret.toUpperCase(Locale.ROOT)), "not the secret");
    assertRefused(Door.basic(id, issued.token().hash().hex()), "not the secret");
    assertRefused(Door.basic(NO_SUCH, "0".repeat(64)), "no token");
    assertRefused(Door.basic(id + ":" + id, secret), "not the secret");
    assertRefused(Door.basic("../settings", secret), "no token's");
    door.tokens.revoke(issued.token().id());
    door.clock.advance(CurrentTokens.FRESH);
    assertRefused(Door.basic(issued), "revoked");
    IssuedToken second = issue();
    door.clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(door.authenticate(Door.basic(second))).isInstanceOf(Authenticated.class);
    door.clock.advance(Duration.ofSeconds(1));
    assertRefused(Door.basic(second), "expired");
  }

  @Test
  void saysNothingOfASecretInItsReasons() {
    IssuedToken issued = issue();
    door.tokens.revoke(issued.token().id());
    var refused = (Refused) door.authenticate(Door.basic(issued));
    assertThat(refused.reason()).doesNotContain(issued.secret().reveal());
    assertThat(new Credentials.Pair("x", issued.secret()).toString())
        .doesNotContain(issued.secret().reveal());
  }

  @Test
  void anExchangedTokenEndsWithTheMappingThatItCameFrom() {
    String issuer = "https://issuer.example.org";
    String mapped =
        """
        {"issuers": [{"url": "%s", "audiences": ["cache"],
          "mappings": [{"claims": {"repository": "acme/app"}, "principal": "%s"}]}]}
        """;
    TokenGrant told = Door.grant(Door.ROLE, Map.of(), Duration.ofHours(6));
    door.principals(mapped.formatted(issuer, Door.ROLE));
    IssuedToken issued =
        door.tokens.create(
            new TokenGrant(
                told.principal(),
                told.tags(),
                told.userId(),
                new TokenOrigin.Exchange(issuer, "repo:acme/app", door.clock.instant()),
                told.description(),
                told.life()));
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authenticated.class);
    door.principals(mapped.formatted(issuer, Door.ROLE + "-other"));
    assertRefused(Door.basic(issued), "a mapping that is no more");
    door.principals("{}");
    assertRefused(Door.basic(issued), "a mapping that is no more");
  }

  @Test
  void letsNobodyInAMinuteAfterTheRevocation() {
    IssuedToken issued = issue();
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authenticated.class);
    door.tokens.revoke(issued.token().id());
    door.clock.advance(Duration.ofSeconds(59));
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authenticated.class);
    door.clock.advance(Duration.ofSeconds(1));
    assertRefused(Door.basic(issued), "revoked");
  }

  @Test
  void asksTheStoreOncePerMinuteForGoodAndBadAlike() {
    IssuedToken issued = issue();
    door.state.forgetRequests();
    for (int i = 0; i < 10; i++) {
      door.authenticate(Door.basic(issued));
      door.authenticate(Door.basic(NO_SUCH, "x"));
      door.authenticate(Door.basic("nobody", "x"));
    }
    assertThat(door.state.requests())
        .extracting(Fault.Request::key)
        .containsExactly("tokens/" + issued.token().id() + ".json", "tokens/" + NO_SUCH + ".json");
  }

  @Test
  void doesNotForgetTheGoodForThoseThatAreGuessed() {
    IssuedToken issued = issue();
    door.authenticate(Door.basic(issued));
    for (int i = 0; i < 2 * CurrentTokens.MAX; i++) {
      door.authenticate(Door.basic("nxt_%024x".formatted(i), "x"));
    }
    door.state.forgetRequests();
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authenticated.class);
    assertThat(door.state.requests()).isEmpty();
    // The first guess is forgotten: what is remembered has a bound.
    door.authenticate(Door.basic("nxt_%024x".formatted(0), "x"));
    assertThat(door.state.requests()).hasSize(1);
  }

  @Test
  void takesAStoreThatFailsForNoAnswer() {
    IssuedToken issued = issue();
    door.state.failing(_ -> Fault.NOT_DONE);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> door.authenticate(Door.basic(issued)));
    assertThat(door.authenticator.authenticate(Optional.empty())).isSameAs(Authenticated.NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "nonsense", "{\"id\":\"nxt_000000000000000000000000\"}"})
  void refusesWhoeverHasATokenWhoseObjectIsBroken(String object) {
    door.state.upload("tokens/" + NO_SUCH + ".json", object.getBytes(UTF_8));
    assertRefused(Door.basic(NO_SUCH, "x"), "tokens/" + NO_SUCH);
  }

  @Test
  void knowsThePathOfASessionsRoleOnlyIfItIsTold() {
    String session = "arn:aws:sts::111122223333:assumed-role/deploy/run-7";
    IssuedToken issued = door.tokens.create(Door.grant(session));
    assertThat(principal(issued))
        .isEqualTo(
            new AssumedRole("arn:aws:iam::111122223333:role/deploy", Optional.of(session), false));
    String role = "arn:aws:iam::111122223333:role/ci/deploy";
    door.principals("{\"roles\": [\"%s\"]}".formatted(role));
    assertThat(principal(issued)).isEqualTo(new AssumedRole(role, session));
    door.principals("{\"roles\": [\"%s\"], \"typo\": 1}".formatted(role));
    assertThat(principal(issued)).returns(false, p -> ((AssumedRole) p).isPathKnown());
    assertThat(door.alarms).singleElement().asString().contains("principals.json", "typo");
  }

  private Principal principal(IssuedToken issued) {
    return ((Authenticated) door.authenticate(Door.basic(issued))).identity().principal();
  }
}
