package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventTest {
  /** In AWS's sample, but not for a $default route without authorizer, stage variables or mTLS. */
  private static final Set<String> ABSENT =
      Set.of(
          "/requestContext/authentication/clientCert/clientCertPem",
          "/requestContext/authorizer/jwt/claims/claim1",
          "/requestContext/authorizer/jwt/scopes/0",
          "/requestContext/authorizer/jwt/scopes/1",
          "/pathParameters/parameter1",
          "/stageVariables/stageVariable1",
          "/stageVariables/stageVariable2");

  private final AtomicReference<String> event = new AtomicReference<>("");

  @Test
  void writesTheEventOfTheDocumentation() throws IOException {
    int port;
    try (Front front = Front.of(Front.keeping(event))) {
      port = front.front().url().getPort();
      front.raw(
          """
          POST /my/path?parameter1=value1&parameter1=value2&parameter2=value HTTP/1.1
          Host: localhost
          Header1: value1
          Header2: value1
          HEADER2: value2
          Cookie: cookie1; cookie2
          User-Agent: agent
          Content-Type: text/plain
          Content-Length: 17
          X-Forwarded-Proto: https
          Connection: close, X-Hop
          X-Hop: dropped
          TE: trailers

          Hello from Lambda"""
              .replace("\n", "\r\n"));
    }
    var expected = new TreeMap<>(Fields.of(sample()));
    expected.keySet().removeAll(ABSENT);
    var actual = new TreeMap<>(Fields.of(event.get()));
    assertThat(actual.remove("/requestContext/requestId")).isNotBlank();
    expected.remove("/requestContext/requestId");
    expected.putAll(
        Map.ofEntries(
            Map.entry("/requestContext/accountId", "123456789012"),
            Map.entry("/requestContext/apiId", "local"),
            Map.entry("/requestContext/domainName", "localhost"),
            Map.entry("/requestContext/domainPrefix", "localhost"),
            Map.entry("/requestContext/http/sourceIp", "127.0.0.1"),
            // The sample's time and timeEpoch are of two different days.
            Map.entry("/requestContext/timeEpoch", Long.toString(Front.NOW.toEpochMilli())),
            Map.entry("/headers/host", "localhost"),
            Map.entry("/headers/user-agent", "agent"),
            Map.entry("/headers/content-type", "text/plain"),
            Map.entry("/headers/content-length", "17"),
            Map.entry("/headers/x-forwarded-for", "127.0.0.1"),
            Map.entry("/headers/x-forwarded-port", Integer.toString(port)),
            Map.entry("/headers/x-forwarded-proto", "http")));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void sendsBinaryBodiesAsBase64() throws IOException, InterruptedException {
    byte[] body = new byte[100_000];
    new Random(7).nextBytes(body);
    Map<String, String> fields = posted("application/octet-stream", body);
    assertThat(fields).containsEntry("/isBase64Encoded", "true");
    assertThat(Base64.getDecoder().decode(fields.getOrDefault("/body", ""))).isEqualTo(body);
  }

  @Test
  void sendsTextThatIsNotUtf8AsBase64() throws IOException, InterruptedException {
    Map<String, String> fields = posted("text/plain", new byte[] {'a', (byte) 0xff});
    assertThat(fields).containsEntry("/isBase64Encoded", "true").containsEntry("/body", "Yf8=");
  }

  @Test
  void sendsUtf8TextAsItIs() throws IOException, InterruptedException {
    Map<String, String> fields = posted("application/json", "{\"ä\":\"\\n\"}".getBytes(UTF_8));
    assertThat(fields)
        .containsEntry("/isBase64Encoded", "false")
        .containsEntry("/body", "{\"ä\":\"\\n\"}");
  }

  @Test
  void hasNoBodyForGet() throws IOException, InterruptedException {
    try (Front front = Front.of(Front.keeping(event))) {
      front.get("/");
    }
    assertThat(Fields.of(event.get()))
        .doesNotContainKey("/body")
        .containsEntry("/isBase64Encoded", "false")
        .containsEntry("/rawQueryString", "");
  }

  @Test
  void keepsTheQueryAsSentAndDecodesItsParameters() throws IOException, InterruptedException {
    try (Front front = Front.of(Front.keeping(event))) {
      front.get("/?a=%2B+%C3%A4&b&c=%zz".replace("%zz", "%25"));
    }
    assertThat(Fields.of(event.get()))
        .containsEntry("/rawQueryString", "a=%2B+%C3%A4&b&c=%25")
        .containsEntry("/queryStringParameters/a", "+ ä")
        .containsEntry("/queryStringParameters/b", "")
        .containsEntry("/queryStringParameters/c", "%");
  }

  private Map<String, String> posted(String contentType, byte[] body)
      throws IOException, InterruptedException {
    try (Front front = Front.of(Front.keeping(event))) {
      front.post(contentType, body);
    }
    return Fields.of(event.get());
  }

  private static String sample() throws IOException {
    try (InputStream sample = EventTest.class.getResourceAsStream("http-api-event-v2.json")) {
      return new String(Objects.requireNonNull(sample).readAllBytes(), UTF_8);
    }
  }
}
