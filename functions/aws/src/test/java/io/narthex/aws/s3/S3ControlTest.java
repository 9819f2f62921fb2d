package io.narthex.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

/** Block Public Access of an account, against answers written down from S3's API reference. */
class S3ControlTest {
  private static final String ACCOUNT = "111122223333";
  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">
      %s</PublicAccessBlockConfiguration>
      """;
  private static final S3Access ACCESS =
      new S3Access(
          "eu-west-2",
          Optional.empty(),
          Optional.of(new StaticCredentials("AKIDEXAMPLE", "secret")));

  private final HttpServer server;
  private final S3Control control;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "";

  S3ControlTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    control =
        new S3Control(
            ACCESS, ACCOUNT, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      for (String name : List.of("Authorization", "x-amz-account-id", "x-amz-content-sha256")) {
        asked.add(String.valueOf(exchange.getRequestHeaders().getFirst(name)));
      }
      byte[] answer = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int code, String text) {
    status = code;
    body = text;
  }

  @ParameterizedTest
  @CsvSource({
    "<RestrictPublicBuckets>true</RestrictPublicBuckets>, ON",
    "<RestrictPublicBuckets>false</RestrictPublicBuckets>, OFF",
    "<BlockPublicPolicy>true</BlockPublicPolicy>, OFF",
    "'', OFF",
  })
  void readsWhetherPublicBucketsAreRestricted(String settings, Restriction expected) {
    answers(200, SETTINGS.formatted(settings));
    assertThat(control.getAccountPublicAccessBlock()).isEqualTo(expected);
  }

  @Test
  void asksSignedForTheAccount() {
    answers(200, SETTINGS.formatted(""));
    control.getAccountPublicAccessBlock();
    assertThat(asked.get(0)).isEqualTo("GET /v20180820/configuration/publicAccessBlock");
    assertThat(asked.get(1))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-west-2/s3/aws4_request", "x-amz-account-id", "x-amz-content-sha256");
    assertThat(asked.get(2)).isEqualTo(ACCOUNT);
    assertThat(asked.get(3))
        .as("SHA-256 of no bytes")
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "404, NoSuchPublicAccessBlockConfiguration, OFF",
    "403, AccessDenied, UNKNOWN",
    "403, AllAccessDisabled, UNKNOWN",
  })
  void takesARefusalForWhatItIs(int code, String error, Restriction expected) {
    refuses(code, error);
    assertThat(control.getAccountPublicAccessBlock()).isEqualTo(expected);
  }

  private void refuses(int code, String error) {
    answers(
        code,
        "<ErrorResponse><Error><Code>%s</Code><Message>m</Message></Error></ErrorResponse>"
            .formatted(error));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "404, NoSuchKey",
    "400, InvalidRequest",
    "405, MethodNotAllowed",
    "500, InternalError",
    "503, SlowDown",
  })
  void takesNothingElseForAnAnswer(int code, String error) {
    refuses(code, error);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(control::getAccountPublicAccessBlock);
  }

  @ParameterizedTest
  @CsvSource({"''", "nonsense", "<a/>", "<PublicAccessBlockConfiguration>"})
  void takesNothingThatIsNotItsXmlForNothingSet(String text) {
    answers(200, text);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(control::getAccountPublicAccessBlock);
  }

  @Test
  void saysThatItCouldNotAskAServerThatIsGone() {
    server.stop(0);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(control::getAccountPublicAccessBlock)
        .withMessageContaining(ACCOUNT);
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-2, https://111122223333.s3-control.eu-west-2.amazonaws.com",
    "cn-north-1, https://111122223333.s3-control.cn-north-1.amazonaws.com.cn",
  })
  void isAskedAtTheAccountsOwnAddress(String region, URI expected) {
    assertThat(S3Control.address(Region.of(region), ACCOUNT)).isEqualTo(expected);
  }
}
