package io.narthex.aws.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.sts.CallerIdentityPresigner;
import io.narthex.aws.sts.HttpSts;
import io.narthex.aws.sts.StsEndpoint;
import io.narthex.cache.login.Audience;
import io.narthex.cache.login.Issuance;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.LoginRequest;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.StsUnavailableException;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.principal.Tokens;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Threat: who sees a login, or is logged in to, uses it at another cache, for another name, or
 * later. Signatures are real ones.
 */
class LoginReplayTest {
  private static final String OURS = "111122223333";
  private static final Audience CACHE = new Audience("cache.example.org");
  private static final Audience OTHER = new Audience("other.example.org");

  private final StsEndpoint sts = StsEndpoint.start();
  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);

  @AfterEach
  void stop() {
    sts.close();
  }

  private Login login(Map<String, KnownAccount> accounts) {
    var admittance = new Admittance(OURS, () -> new PrincipalSettings(accounts));
    var tokens = new Tokens(state, admittance, clock);
    return new Login(new HttpSts(), StsHosts.at(sts.uri()), admittance, tokens, clock);
  }

  private String url(Audience audience, String secret) {
    return new CallerIdentityPresigner(
            Region.EU_WEST_2,
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(StsEndpoint.KEY_ID, secret)),
            Optional.of(sts.uri()),
            clock)
        .url(audience);
  }

  private Issuance send(String url, Audience said, Optional<Duration> life) {
    return login(Map.of()).login(new LoginRequest(url, said, life), CACHE);
  }

  private static IssuedToken token(Issuance issuance) {
    assertThat(issuance).isInstanceOf(Issuance.Issued.class);
    return ((Issuance.Issued) issuance).token();
  }

  @Test
  void whoSignsGetsATokenOfItsOwn() {
    var issued = token(send(url(CACHE, StsEndpoint.SECRET), CACHE, Optional.empty())).token();
    assertThat(issued)
        .extracting("principal")
        .hasToString(
            "AssumedRole[roleArn=arn:aws:iam::111122223333:role/ci, sessionArn=Optional["
                + StsEndpoint.ARN
                + "], isPathKnown=false]");
    assertThat(issued.userId()).contains("AROAEXAMPLE:run-7");
    assertThat(issued.origin()).isEqualTo(new TokenOrigin.Login());
    assertThat(issued.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(12)));
    assertThat(sts.requests()).isEqualTo(1);
  }

  @Test
  void aTokenLivesNoLongerThanAskedAndNeverOverTwelveHours() {
    String url = url(CACHE, StsEndpoint.SECRET);
    assertThat(token(send(url, CACHE, Optional.of(Duration.ofHours(1)))).token().expires())
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    assertThat(token(send(url, CACHE, Optional.of(Duration.ofDays(9)))).token().expires())
        .isEqualTo(clock.instant().plus(Duration.ofHours(12)));
  }

  @Test
  void aLoginForAnotherCacheIsRefusedWithoutAskingSts() {
    assertThat(send(url(OTHER, StsEndpoint.SECRET), OTHER, Optional.empty()))
        .isInstanceOf(Issuance.Refused.class);
    assertThat(sts.requests()).isZero();
  }

  @Test
  void aLoginForAnotherCacheThatIsSaidToBeForThisOneIsRefusedBySts() {
    assertThat(send(url(OTHER, StsEndpoint.SECRET), CACHE, Optional.empty()))
        .isEqualTo(
            new Issuance.Unproven(
                "AWS does not accept these credentials: SignatureDoesNotMatch",
                "STS: SignatureDoesNotMatch"));
  }

  @Test
  void aForgedSignatureIsRefused() {
    assertThat(send(url(CACHE, "another secret"), CACHE, Optional.empty()))
        .isInstanceOf(Issuance.Unproven.class);
  }

  @Test
  void anExpiredLoginIsRefusedWithoutAskingSts() {
    String url = url(CACHE, StsEndpoint.SECRET);
    clock.advance(Duration.ofMinutes(2));
    assertThat(send(url, CACHE, Optional.empty())).isInstanceOf(Issuance.Malformed.class);
    assertThat(sts.requests()).isZero();
  }

  @Test
  void aLongerLifeThanWasSignedIsRefusedBySts() {
    String url = url(CACHE, StsEndpoint.SECRET).replace("X-Amz-Expires=60", "X-Amz-Expires=900");
    assertThat(send(url, CACHE, Optional.empty())).isInstanceOf(Issuance.Unproven.class);
  }

  @Test
  void whoIsOfAnotherAccountGetsNothingUnlessThatIsListed() {
    sts.knowing("arn:aws:iam::444455556666:user/mallory");
    String url = url(CACHE, StsEndpoint.SECRET);
    assertThat(send(url, CACHE, Optional.empty()))
        .isInstanceOfSatisfying(
            Issuance.Refused.class, refused -> assertThat(refused.reason()).contains("4444"));
    assertThat(state.listAll("")).isEmpty();
    var known = new KnownAccount(Optional.empty(), Optional.empty(), List.of());
    Issuance listed =
        login(Map.of("444455556666", known))
            .login(new LoginRequest(url, CACHE, Optional.empty()), CACHE);
    assertThat(token(listed).token())
        .extracting("principal")
        .hasToString("IamUser[arn=arn:aws:iam::444455556666:user/mallory]");
  }

  @Test
  void theSameAccountNumberInAnotherPartitionIsNotOurs() {
    sts.knowing("arn:aws-cn:iam::111122223333:user/mallory");
    assertThatExceptionOfType(StsUnavailableException.class)
        .isThrownBy(() -> send(url(CACHE, StsEndpoint.SECRET), CACHE, Optional.empty()));
    assertThat(state.listAll("")).isEmpty();
  }
}
