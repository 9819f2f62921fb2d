package io.narthex.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class HttpBodyTest {
  private static HttpCall post(String fields) throws MalformedEventException {
    return HttpCallReader.read(
        new ByteArrayInputStream(
            ("{\"rawPath\":\"/p\",\"requestContext\":{\"domainName\":\"c.example\",\"http\":"
                    + "{\"method\":\"POST\"}}"
                    + fields
                    + "}")
                .getBytes(UTF_8)));
  }

  private static String text(HttpCall call) {
    return new String(call.body().bytes(HttpBody.MAX).orElseThrow(), UTF_8);
  }

  @Test
  void isTextOrBase64() throws MalformedEventException {
    assertThat(text(post(",\"body\":\"h\u00e9\""))).isEqualTo("h\u00e9");
    assertThat(text(post(",\"body\":\"aMOp\",\"isBase64Encoded\":true"))).isEqualTo("h\u00e9");
    assertThat(text(post(",\"isBase64Encoded\":false,\"body\":\"aMOp\""))).isEqualTo("aMOp");
  }

  @Test
  void isEmptyWhereThereIsNone() throws MalformedEventException {
    assertThat(text(post(""))).isEmpty();
    assertThat(text(post(",\"body\":null"))).isEmpty();
  }

  @Test
  void isNotKeptWhenItIsTooLong() throws MalformedEventException {
    String whole = "x".repeat(HttpBody.MAX);
    assertThat(text(post(",\"body\":\"%s\"".formatted(whole)))).isEqualTo(whole);
    assertThat(post(",\"body\":\"%sx\"".formatted(whole)).body().bytes(HttpBody.MAX)).isEmpty();
    assertThat(post(",\"body\":\"xx\"").body().bytes(1)).isEmpty();
    assertThat(post(",\"body\":\"%s\"".formatted("x".repeat(5 << 20))).body().bytes(HttpBody.MAX))
        .isEmpty();
  }

  @Test
  void thatIsNotBase64IsNoBody() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> post(",\"body\":\"%\",\"isBase64Encoded\":true"));
  }

  @Test
  void doesNotPrint() throws MalformedEventException {
    assertThat(post(",\"body\":\"secret\"").body().toString()).doesNotContain("secret");
  }

  @Test
  void knowsTheNameThatTheGatewayWasReachedBy() throws MalformedEventException {
    assertThat(post("").domainName()).isEqualTo("c.example");
  }
}
