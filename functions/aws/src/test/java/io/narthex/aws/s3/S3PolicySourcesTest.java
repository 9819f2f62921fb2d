package io.narthex.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket policy and Block Public Access, against answers written down from S3's API reference.
 */
class S3PolicySourcesTest {
  private final HttpServer server;
  private final S3Client s3;
  private volatile int status = 200;
  private volatile String body = "";

  S3PolicySourcesTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    s3 =
        S3Clients.client(
            new S3Access(
                "eu-west-2",
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.of(new StaticCredentials("AKIDEXAMPLE", "secret"))));
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] answer = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  private void answers(int code, String text) {
    status = code;
    body = text;
  }

  private void refuses(int code, String error) {
    answers(code, "<Error><Code>%s</Code><Message>m</Message></Error>".formatted(error));
  }

  private StoredPolicy policy() {
    return new S3BucketPolicySource(s3, "example-nix-cache").read();
  }

  private Restriction restriction() {
    return new S3PublicAccessSource(s3, "example-nix-cache").restrictsPublicBuckets();
  }

  @Test
  void readsThePolicy() {
    answers(200, "{\"Version\":\"2012-10-17\"}");
    assertThat(policy()).isEqualTo(new StoredPolicy.Text("{\"Version\":\"2012-10-17\"}"));
  }

  @Test
  void tellsNoPolicyFromOneThatIsKeptFromUsAndFromAnOutage() {
    refuses(404, "NoSuchBucketPolicy");
    assertThat(policy()).isEqualTo(new StoredPolicy.None());
    refuses(403, "AccessDenied");
    assertThat(policy()).isInstanceOf(StoredPolicy.Refused.class);
    refuses(405, "MethodNotAllowed");
    assertThat(policy()).isInstanceOf(StoredPolicy.Refused.class);
    refuses(404, "NoSuchBucket");
    assertThatExceptionOfType(StoreException.class).isThrownBy(this::policy);
    refuses(400, "AuthorizationHeaderMalformed");
    assertThatExceptionOfType(StoreException.class).isThrownBy(this::policy);
  }

  @ParameterizedTest
  @CsvSource({
    "<RestrictPublicBuckets>true</RestrictPublicBuckets>, ON",
    "<RestrictPublicBuckets>false</RestrictPublicBuckets>, OFF",
    "<BlockPublicPolicy>true</BlockPublicPolicy>, OFF",
    "'', OFF",
  })
  void readsWhetherPublicBucketsAreRestricted(String settings, Restriction expected) {
    answers(
        200, "<PublicAccessBlockConfiguration>" + settings + "</PublicAccessBlockConfiguration>");
    assertThat(restriction()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "404, NoSuchPublicAccessBlockConfiguration, OFF",
    "404, NoSuchKey, OFF",
    "405, MethodNotAllowed, OFF",
    "501, NotImplemented, OFF",
    "400, NotImplemented, OFF",
    "403, AccessDenied, UNKNOWN",
  })
  void takesARefusalForWhatItIs(int code, String error, Restriction expected) {
    refuses(code, error);
    assertThat(restriction()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"404, NoSuchBucket", "400, AuthorizationHeaderMalformed"})
  void doesNotHideAnOutage(int code, String error) {
    refuses(code, error);
    assertThatExceptionOfType(StoreException.class).isThrownBy(this::restriction);
  }
}
