package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.ACCOUNT;
import static io.narthex.local.s3.Endpoint.CACHE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sts:GetCallerIdentity}, as {@code narthex login} presigns it. */
final class CallerIdentityTest {
  private static final String AUDIENCE = "x-narthex-audience";
  private static final String FORM = "Action=GetCallerIdentity&Version=2011-06-15";

  @TempDir private Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    "STRANGER, arn:aws:iam::111122223333:user/stranger, AIDA[A-Z2-7]{17}",
    "TAGGED, arn:aws:iam::111122223333:user/team/tagged, AIDAEXAMPLE",
    "SESSION, arn:aws:sts::111122223333:assumed-role/ci/run-7, AROA[A-Z2-7]{17}:run-7",
    "ROOT, arn:aws:iam::111122223333:root, 111122223333"
  })
  void saysWhoHasSigned(String user, String arn, String userId) {
    var answer = send(presigned(user, "GetCallerIdentity"), "cache.example.org");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
    assertThat(answer.body())
        .contains("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
        .contains("<Arn>" + arn + "</Arn>")
        .contains("<Account>" + ACCOUNT + "</Account>")
        .containsPattern("<UserId>" + userId + "</UserId>");
  }

  @Test
  void aSignedHeaderMustBeSentAsItWasSigned() {
    URI url = presigned("STRANGER", "GetCallerIdentity");
    assertRefused(send(url, "evil.example.org"), "SignatureDoesNotMatch");
    assertRefused(s3.send(HttpRequest.newBuilder(url)), "SignatureDoesNotMatch");
    URI another = URI.create(url.toString().replace("Version=2011-06-15", "Version=2011-06-16"));
    assertRefused(send(another, "cache.example.org"), "SignatureDoesNotMatch");
  }

  @Test
  void aUrlIsGoodForItsTimeAndNoLongerThanAQuarterOfAnHour() {
    Instant now = Instant.now();
    URI late = presigned("STRANGER", "GetCallerIdentity", now.minusSeconds(120));
    assertRefused(send(late, "cache.example.org"), "SignatureDoesNotMatch");
    URI early = presigned("STRANGER", "GetCallerIdentity", now.plusSeconds(1200));
    assertRefused(send(early, "cache.example.org"), "SignatureDoesNotMatch");
  }

  @Test
  void nothingElseOfStsIsThere() {
    assertThat(send(presigned("ROOT", "GetSessionToken"), "cache.example.org").body())
        .contains("<Code>InvalidAction</Code>");
    assertRefused(send(presigned("NOBODY", "GetCallerIdentity"), "x"), "InvalidClientTokenId");
    assertRefused(
        s3.send(HttpRequest.newBuilder(s3.uri("/?" + FORM))), "MissingAuthenticationToken");
  }

  @Test
  void takesAFormWithAnAuthorizationHeader() {
    var signed =
        new SignedRequest("POST", s3.uri("/"))
            .service("sts")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .payloadHash(FORM.getBytes(UTF_8));
    var answer = s3.send(signed.build(BodyPublishers.ofString(FORM)));
    assertThat(answer.body()).contains("<Arn>arn:aws:iam::111122223333:user/admin</Arn>");
    var tampered = signed.build(BodyPublishers.ofString(FORM.replace("Get", "get")));
    assertRefused(s3.send(tampered), "SignatureDoesNotMatch");
  }

  @Test
  void signaturesOfOneServiceAreNoneOfTheOther() {
    var forSts =
        new SignedRequest("GET", s3.uri("/" + CACHE + "/k"))
            .service("sts")
            .build(BodyPublishers.noBody());
    assertThat(s3.send(forSts).body()).contains("AuthorizationHeaderMalformed");
    var forS3 = new SignedRequest("POST", s3.uri("/")).build(BodyPublishers.ofString(FORM));
    assertThat(s3.send(forS3).body()).contains("<Code>IncompleteSignature</Code>");
  }

  @Test
  void aCredentialThatIsNoSignatureIsRefusedClearly() {
    var basic = HttpRequest.newBuilder(s3.uri("/" + CACHE + "/k"));
    assertThat(s3.send(basic.header("Authorization", "Basic YTpi")).body())
        .contains("<Code>InvalidArgument</Code><Message>Unsupported Authorization Type</Message>");
    var both = HttpRequest.newBuilder(presigned("ROOT", "GetCallerIdentity"));
    var answer = s3.send(both.header("Authorization", "Basic YTpi").header(AUDIENCE, "x"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Only one auth mechanism allowed");
  }

  private HttpResponse<String> send(URI url, String audience) {
    return s3.send(HttpRequest.newBuilder(url).header(AUDIENCE, audience));
  }

  private static void assertRefused(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<ErrorResponse").contains("<Code>" + code + "</Code>");
  }

  private URI presigned(String user, String action) {
    return presigned(user, action, Instant.now());
  }

  private URI presigned(String user, String action, Instant time) {
    return SignedRequest.presignedForSts(
        s3.server.endpoint(), user, action, AUDIENCE + ":cache.example.org", time);
  }
}
