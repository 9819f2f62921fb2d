package io.narthex.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.narthex.cache.login.Audience;
import io.narthex.cache.login.CallerIdentityUrl;
import io.narthex.cache.login.RefusedUrlException;
import io.narthex.cache.login.StsAnswer;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.StsUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class HttpStsTest {
  private static final Audience AUDIENCE = new Audience("cache.example.org");

  private static StsAnswer ask(StsEndpoint sts, Duration timeout) throws RefusedUrlException {
    String url =
        new CallerIdentityPresigner(
                Region.EU_WEST_2,
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(StsEndpoint.KEY_ID, StsEndpoint.SECRET)),
                Optional.of(sts.uri()),
                Clock.systemUTC())
            .url(AUDIENCE);
    return new HttpSts(timeout)
        .getCallerIdentity(
            CallerIdentityUrl.parse(url, StsHosts.at(sts.uri()), Clock.systemUTC().instant()),
            AUDIENCE);
  }

  private static StsAnswer answering(Consumer<HttpExchange> answer) throws RefusedUrlException {
    try (var sts = StsEndpoint.start(answer)) {
      return ask(sts, Duration.ofSeconds(20));
    }
  }

  private static void assertUnavailable(Consumer<HttpExchange> answer) {
    assertThatExceptionOfType(StsUnavailableException.class).isThrownBy(() -> answering(answer));
  }

  @Test
  void tellsWhoseCredentialsSigned() throws RefusedUrlException {
    assertThat(answering(_ -> {}))
        .isEqualTo(
            new StsAnswer.CallerIdentity("111122223333", StsEndpoint.ARN, "AROAEXAMPLE:run-7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidClientTokenId", "ExpiredToken", "AccessDenied"})
  void tellsThatAwsRefuses(String code) throws RefusedUrlException {
    assertThat(answering(x -> StsEndpoint.send(x, 403, StsEndpoint.error(code))))
        .isEqualTo(new StsAnswer.Denied(code));
  }

  @ParameterizedTest
  @CsvSource({"400, Throttling", "400, RequestLimitExceeded", "429, Throttling", "500, Internal"})
  void anErrorOfTheServiceIsNoDenial(int status, String code) {
    assertUnavailable(x -> StsEndpoint.send(x, status, StsEndpoint.error(code)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    try (var elsewhere = StsEndpoint.start()) {
      assertUnavailable(
          x -> {
            x.getResponseHeaders().set("Location", elsewhere.uri() + "/?Action=x");
            StsEndpoint.send(x, status, "");
          });
      assertThat(elsewhere.requests()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not XML",
        "{\"GetCallerIdentityResponse\":{}}",
        "<R><Arn>a</Arn><Account>1</Account></R>",
        "<R><Arn>a</Arn><Arn>b</Arn><Account>1</Account><UserId>u</UserId></R>",
        "<R><Arn><b/></Arn><Account>1</Account><UserId>u</UserId></R>",
        "<!DOCTYPE R [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + "<R><Arn>&e;</Arn><Account>1</Account><UserId>u</UserId></R>",
      })
  void anAnswerThatIsNotItsXmlSaysNothing(String body) {
    assertUnavailable(x -> StsEndpoint.send(x, 200, body));
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    assertUnavailable(x -> StsEndpoint.send(x, 200, "<R>" + " ".repeat(100_000) + "</R>"));
  }

  @Test
  void aSlowAnswerIsNotWaitedFor() {
    var done = new CountDownLatch(1);
    try (var sts = StsEndpoint.start(_ -> await(done))) {
      try {
        assertThatExceptionOfType(StsUnavailableException.class)
            .isThrownBy(() -> ask(sts, Duration.ofMillis(200)))
            .withMessageContaining("longer");
      } finally {
        // Before it is closed, which waits for its answer.
        done.countDown();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noOneThereIsNoDenial() {
    var gone = StsEndpoint.start();
    gone.close();
    assertThatExceptionOfType(StsUnavailableException.class)
        .isThrownBy(() -> ask(gone, Duration.ofSeconds(20)))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("X-Amz-Signature"));
  }
}
