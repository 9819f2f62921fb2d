package io.narthex.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
  private static final String INTERNAL = "{\"message\":\"Internal Server Error\"}";

  @Test
  void sendsWhatTheHandlerAnswers() throws Exception {
    try (var front =
        Front.of(
            Front.answering(
                """
                {"statusCode":404,"headers":{"Content-Type":"text/plain","X-Why":"absent"},
                 "cookies":["a=1; Path=/","b=2"],"body":"nichts da: ä\\n","isBase64Encoded":false}
                """))) {
      HttpResponse<byte[]> response = front.get("/x");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.headers().allValues("content-type")).containsExactly("text/plain");
      assertThat(response.headers().allValues("x-why")).containsExactly("absent");
      assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
      assertThat(Front.text(response)).isEqualTo("nichts da: ä\n");
      assertThat(response.headers().firstValueAsLong("content-length")).hasValue(14);
    }
  }
}
