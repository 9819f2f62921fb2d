package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
  private static final String FAILED = "{\"message\":\"Internal Server Error\"}";

  @Test
  void sendsWhatTheHandlerAnswers() throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        got(
            """
            {"statusCode":404,"headers":{"Content-Type":"text/plain","X-Why":"absent","X-N":7},
             "cookies":["a=1; Path=/","b=2"],"body":"nichts da: ä\\n","isBase64Encoded":false}
            """);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().allValues("content-type")).containsExactly("text/plain");
    assertThat(response.headers().allValues("x-why")).containsExactly("absent");
    assertThat(response.headers().allValues("x-n")).containsExactly("7");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
    assertThat(response.headers().allValues("content-length")).containsExactly("14");
    assertThat(Front.text(response)).isEqualTo("nichts da: ä\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesBinaryBodiesWhereverTheirFlagStands(boolean flagFirst)
      throws IOException, InterruptedException {
    byte[] body = new byte[1_000_000];
    new Random(3).nextBytes(body);
    String flag = "\"isBase64Encoded\":true";
    String text = "\"body\":\"" + Base64.getEncoder().encodeToString(body) + "\"";
    HttpResponse<byte[]> response =
        got(
            "{\"statusCode\":200,%s,%s}"
                .formatted(flagFirst ? flag : text, flagFirst ? text : flag));
    assertThat(response.body()).isEqualTo(body);
  }

  enum Shorthand {
    OBJECT("{\"a\": [1]}", "{\"a\": [1]}"),
    STRING("\"Hello from \\u00e4\"", "Hello from ä"),
    ARRAY("[1, {}]", "[1, {}]"),
    NUMBER("1.5", "1.5"),
    NULL("null", "null");

    private final String answer;
    private final String body;

    Shorthand(String answer, String body) {
      this.answer = answer;
      this.body = body;
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAnAnswerWithoutStatusAsJsonBody(Shorthand row)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = got(row.answer);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("content-type")).containsExactly("application/json");
    assertThat(Front.text(response)).isEqualTo(row.body);
  }

  enum Broken {
    EMPTY(""),
    NOT_JSON("OK"),
    UNFINISHED("{\"statusCode\":200"),
    TWO_ANSWERS("{\"statusCode\":200}{}"),
    STATUS_IS_TEXT("{\"statusCode\":\"fine\"}"),
    STATUS_IS_NULL("{\"statusCode\":null}"),
    STATUS_IS_INTERIM("{\"statusCode\":100}"),
    STATUS_IS_NONE("{\"statusCode\":600}"),
    HEADERS_ARE_A_LIST("{\"statusCode\":200,\"headers\":[]}"),
    HEADER_IS_A_LIST("{\"statusCode\":200,\"headers\":{\"a\":[\"b\"]}}"),
    HEADER_IS_NULL("{\"statusCode\":200,\"headers\":{\"a\":null}}"),
    COOKIE_IS_A_NUMBER("{\"statusCode\":200,\"cookies\":[1]}"),
    BODY_IS_AN_OBJECT("{\"statusCode\":200,\"body\":{}}"),
    NOT_BASE64("{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"*\"}"),
    INJECTED_CRLF("{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nInjected: 1\"}}"),
    INJECTED_LF("{\"statusCode\":200,\"headers\":{\"a\":\"b\\nInjected: 1\"}}"),
    INJECTED_CR("{\"statusCode\":200,\"headers\":{\"a\":\"b\\rInjected: 1\"}}"),
    INJECTED_NUL("{\"statusCode\":200,\"headers\":{\"a\":\"b\\u0000Injected: 1\"}}"),
    INJECTED_BEYOND_LATIN_1(
        "{\"statusCode\":200,\"headers\":{\"a\":\"b\\u010d\\u010aInjected: 1\"}}"),
    INJECTED_NAME("{\"statusCode\":200,\"headers\":{\"a: b\\r\\nInjected\":\"1\"}}"),
    EMPTY_NAME("{\"statusCode\":200,\"headers\":{\"\":\"Injected\"}}"),
    INJECTED_DROPPED("{\"statusCode\":200,\"headers\":{\"connection\":\"b\\r\\nInjected: 1\"}}"),
    INJECTED_COOKIE("{\"statusCode\":200,\"cookies\":[\"b\\r\\nInjected: 1\"]}"),
    INJECTED_LENGTH("{\"statusCode\":200,\"headers\":{\"content-length\":\"1, 2\"}}");

    private final String answer;

    Broken(String answer) {
      this.answer = answer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answers500ForWhatIsNoAnswer(Broken row) throws IOException {
    try (Front front = Front.of(Front.answering(row.answer))) {
      assertThat(front.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 500 ")
          .doesNotContain("Injected")
          .endsWith(FAILED);
    }
  }

  record Failing(String name, RequestStreamHandler handler) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Failing> failing() {
    return Stream.of(
        new Failing(
            "checked exception",
            (_, _, _) -> {
              throw new IOException("secret");
            }),
        new Failing(
            "unchecked exception after an answer",
            (_, reply, _) -> {
              reply.write("{\"statusCode\":200}".getBytes(UTF_8));
              throw new IllegalStateException("secret");
            }),
        new Failing(
            "error",
            (_, _, _) -> {
              throw new AssertionError("secret");
            }),
        new Failing(
            "more than Lambda returns",
            (_, reply, _) -> reply.write(new byte[6 * 1024 * 1024 + 1])));
  }

  @ParameterizedTest
  @MethodSource("failing")
  void answers500WhenTheHandlerFailsAndGoesOn(Failing row)
      throws IOException, InterruptedException {
    try (Front front = Front.of(row.handler)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<byte[]> response = front.get("/");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Front.text(response)).isEqualTo(FAILED);
      }
    }
  }

  @Test
  void keepsHeadersButNoBodyForHead() throws IOException {
    String answer =
        "{\"statusCode\":200,\"headers\":{\"content-length\":\"123456\",\"etag\":\"e\"},\"body\":\"b\"}";
    try (Front front = Front.of(Front.answering(answer))) {
      assertThat(front.raw("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("Content-Length: 123456\r\n")
          .containsIgnoringCase("ETag: e\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void measuresTheBodyItselfAndDropsHopByHopHeaders() throws IOException {
    String answer =
        """
        {"statusCode":200,"body":"four","headers":
          {"content-length":"1","transfer-encoding":"gzip","keep-alive":"x","upgrade":"h2c","te":"t"}}
        """;
    try (Front front = Front.of(Front.answering(answer))) {
      assertThat(front.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .containsIgnoringCase("Content-Length: 4\r\n")
          .doesNotContainIgnoringCase("transfer-encoding")
          .doesNotContainIgnoringCase("keep-alive")
          .doesNotContainIgnoringCase("upgrade")
          .doesNotContainIgnoringCase("\nte:")
          .endsWith("\r\n\r\nfour");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void sendsNoBodyWhereNoneMayBe(int status) throws IOException {
    String answer = "{\"statusCode\":%d,\"body\":\"b\"}".formatted(status);
    try (Front front = Front.of(Front.answering(answer))) {
      assertThat(front.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 " + status + " ")
          .endsWith("\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "X!"})
  void passesEveryMethodOn(String method) throws IOException {
    var event = new AtomicReference<>("");
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(front.raw(method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
    assertThat(Fields.of(event.get())).containsEntry("/requestContext/http/method", method);
  }

  @Test
  void tellsTheHandlerAboutItsCall() throws IOException, InterruptedException {
    RequestStreamHandler handler =
        (_, reply, context) ->
            reply.write(
                "\"%s %s %b"
                    .formatted(
                        context.getFunctionName(),
                        context.getFunctionVersion(),
                        context.getRemainingTimeInMillis() > 0)
                    .concat("\"")
                    .getBytes(UTF_8));
    try (Front front = Front.of(handler)) {
      assertThat(Front.text(front.get("/"))).isEqualTo("serve $LATEST true");
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    RequestStreamHandler handler = Front.answering("null");
    try (Front front = Front.of(handler)) {
      var config =
          HttpFrontConfig.onPort(front.front().url().getPort(), HostNames.LOOPBACK, "serve");
      assertThatThrownBy(() -> HttpFront.start(config, handler, Map.of()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static HttpResponse<byte[]> got(String answer) throws IOException, InterruptedException {
    try (Front front = Front.of(Front.answering(answer))) {
      return front.get("/");
    }
  }
}
