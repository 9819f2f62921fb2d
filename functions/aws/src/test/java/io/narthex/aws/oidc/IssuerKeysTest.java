package io.narthex.aws.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.OidcCallers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door asks of issuers, and what it does when they do not answer as they should. */
class IssuerKeysTest {
  private static final String METADATA = "/.well-known/openid-configuration";
  private static final SigningKeys.Key FIRST = SigningKeys.ed25519("first");
  private static final SigningKeys.Key SECOND = SigningKeys.ed25519("second");

  private LoopbackIssuer issuer;
  private OidcCallers callers;

  @BeforeEach
  void publishKeys() throws IOException {
    issuer = new LoopbackIssuer();
    issuer.has(FIRST);
    callers = issuer.callers();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private boolean isLetIn(SigningKeys.Key key) {
    return callers.identify(key.sign(issuer.claims())) instanceof OidcCallers.Known;
  }

  private void assertRefused(String reason) {
    assertThat(callers.identify(FIRST.sign(issuer.claims())))
        .isInstanceOfSatisfying(
            OidcCallers.Unknown.class, unknown -> assertThat(unknown.reason()).contains(reason));
  }

  @Test
  void asksOncePerTenMinutes() {
    for (int i = 0; i < 5; i++) {
      assertThat(isLetIn(FIRST)).isTrue();
    }
    assertThat(issuer.requests()).containsExactly(METADATA, "/keys");
    issuer.clock.advance(IssuerKeys.FRESH);
    assertThat(isLetIn(FIRST)).isTrue();
    assertThat(issuer.requests()).hasSize(4);
  }

  @Test
  void asksAgainForANameItDoesNotKnowButNotEachTime() {
    assertThat(isLetIn(FIRST)).isTrue();
    issuer.clock.advance(IssuerKeys.THROTTLE);
    for (int i = 0; i < 20; i++) {
      assertThat(isLetIn(SigningKeys.ed25519("guess-" + i))).isFalse();
    }
    assertThat(issuer.requests()).hasSize(4);
    assertThat(isLetIn(FIRST)).isTrue();
  }

  @Test
  void findsTheKeyThatTheIssuerChangedTo() {
    assertThat(isLetIn(FIRST)).isTrue();
    issuer.has(SECOND);
    issuer.clock.advance(IssuerKeys.THROTTLE);
    assertThat(isLetIn(SECOND)).isTrue();
    assertThat(isLetIn(FIRST)).isFalse();
  }

  @Test
  void refusesForNowWhileTheIssuerIsDown() {
    issuer.answers(503);
    assertRefused("503");
    assertRefused("did not tell its keys");
    assertThat(issuer.requests()).hasSize(1);
    issuer.answers(200);
    issuer.clock.advance(IssuerKeys.THROTTLE);
    assertThat(isLetIn(FIRST)).isTrue();
  }

  @Test
  void goesByTheLastKeysForAnHourWhileTheIssuerIsDown() {
    assertThat(isLetIn(FIRST)).isTrue();
    issuer.close();
    issuer.clock.advance(IssuerKeys.LAST.minusMillis(1));
    assertThat(isLetIn(FIRST)).isTrue();
    assertThat(isLetIn(FIRST)).as("without another try").isTrue();
    assertThat(isLetIn(SECOND)).isFalse();
    issuer.clock.advance(Duration.ofMinutes(1));
    assertRefused("does not answer");
    assertRefused("did not tell its keys");
  }

  @Test
  void goesByNoKeyThatTheIssuerHasTakenBack() {
    assertThat(isLetIn(FIRST)).isTrue();
    issuer.has(SECOND);
    issuer.clock.advance(IssuerKeys.FRESH);
    assertRefused("no such key");
    assertRefused("no such key");
  }

  @Test
  void makesNobodyWhoseKeyIsKnownWaitForAnIssuerThatIsSlow()
      throws ExecutionException, InterruptedException {
    assertThat(isLetIn(FIRST)).isTrue();
    issuer.clock.advance(IssuerKeys.FRESH);
    issuer.holds();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> asking = executor.submit(() -> isLetIn(FIRST));
      issuer.awaitRequest();
      assertThat(isLetIn(FIRST)).isTrue();
      assertThat(issuer.requests()).as("one fetch").hasSize(3);
      issuer.releases();
      assertThat(asking.get()).isTrue();
    }
  }

  @Test
  void asksOnceForAllThatComeAtOnce() throws ExecutionException, InterruptedException {
    issuer.holds();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all =
          IntStream.range(0, 10).mapToObj(_ -> executor.submit(() -> isLetIn(FIRST))).toList();
      issuer.awaitRequest();
      issuer.releases();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(issuer.requests()).containsExactly(METADATA, "/keys");
  }

  @Test
  void followsNoRedirect() {
    issuer.redirects(issuer.url() + "/elsewhere");
    assertRefused("302");
    assertThat(issuer.requests()).containsExactly(METADATA);
  }

  @Test
  void takesTheIssuerAtItsWordThatItIsAnother() {
    issuer.says(LoopbackIssuer.metadata(issuer.url() + "/", issuer.url() + "/keys"));
    assertRefused("another issuer");
    assertThat(issuer.requests()).containsExactly(METADATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/keys",
        "http://localhost/keys",
        "http://169.254.169.254/latest/meta-data",
        "https://keys.example.org/keys",
        "file:///etc/passwd",
        "keys",
        "",
        "http://a@127.0.0.1/keys",
      })
  void asksForKeysNowhereElse(String keys) {
    issuer.says(LoopbackIssuer.metadata(issuer.url(), keys));
    assertThat(isLetIn(FIRST)).isFalse();
    assertThat(issuer.requests()).containsExactly(METADATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{\"issuer\": 1}", "{}"})
  void refusesMetadataThatIsNone(String metadata) {
    issuer.says(metadata);
    assertRefused("not understood");
  }

  @Test
  void refusesAnswersThatNeverEnd() {
    issuer.says("{\"issuer\":\"" + "x".repeat(1 << 20) + "\"}");
    assertRefused("does not answer well");
  }

  @Test
  void refusesMoreKeysThanAnIssuerHas() {
    issuer.hasKeys((FIRST.jwk() + ",").repeat(101).replaceAll(",$", ""));
    assertThat(isLetIn(FIRST)).isFalse();
  }

  @Test
  void asksNobodyOnThisMachineUnlessTheFunctionIsToldTo() {
    callers = issuer.callers(LoopbackIssuers.REFUSED);
    assertRefused("https");
    issuer.clock.advance(Duration.ofHours(1));
    assertRefused("https");
    assertThat(issuer.requests()).isEmpty();
  }
}
