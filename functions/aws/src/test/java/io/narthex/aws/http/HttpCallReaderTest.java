package io.narthex.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallReaderTest {
  private static HttpCall read(String event) throws MalformedEventException {
    return HttpCallReader.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  @Test
  void readsWhatTheGatewaySends() throws MalformedEventException {
    HttpCall call =
        read(
            "{\"version\":\"2.0\",\"rawPath\":\"/a%2Bb\",\"rawQueryString\":\"x=1\",\"headers\":"
                + "{\"User-Agent\":\"Nix\"},\"body\":\"\",\"requestContext\":{"
                + "\"http\":{\"method\":\"HEAD\",\"sourceIp\":\"198.51.100.7\"}}}");
    assertThat(call.method()).isEqualTo("HEAD");
    assertThat(call.rawPath()).isEqualTo("/a%2Bb");
    assertThat(call.query()).isEqualTo("x=1");
    assertThat(call.header("user-agent")).contains("Nix");
    assertThat(call.sourceIp()).isEqualTo("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "{\"rawPath\":\"/\"}",
        "{\"rawPath\":7,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"x\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"headers\":{\"A\":\"1\",\"a\":\"2\"},\"rawPath\":\"/\"}",
      })
  void refusesOtherEvents(String event) {
    assertThatExceptionOfType(MalformedEventException.class).isThrownBy(() -> read(event));
  }

  @Test
  void doesNotPrintHeaders() throws MalformedEventException {
    assertThat(
            read(
                "{\"rawPath\":\"/p\",\"headers\":{\"authorization\":\"Basic c2VjcmV0\"},"
                    + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"))
        .hasToString("GET /p");
  }
}
