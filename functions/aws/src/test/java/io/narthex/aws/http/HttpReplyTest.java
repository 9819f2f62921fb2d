package io.narthex.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpReplyTest {
  private static String written(byte[] body) throws IOException {
    var answer = new ByteArrayOutputStream();
    new HttpReply(200, Map.of("A", "b"), body).write(answer);
    return answer.toString(UTF_8);
  }

  @Test
  void writesTextAsText() throws IOException {
    assertThat(written("é\n".getBytes(UTF_8)))
        .isEqualTo(
            "{\"statusCode\":200,\"headers\":{\"A\":\"b\"},\"isBase64Encoded\":false,\"body\":\"é\\n\"}");
  }

  @Test
  void writesOtherBytesInBase64() throws IOException {
    assertThat(written(new byte[] {(byte) 0xff}))
        .endsWith("\"isBase64Encoded\":true,\"body\":\"/w==\"}");
  }

  @Test
  void staysUnderTheLimitWhateverTheBytes() throws IOException {
    assertThat(written(new byte[4 << 20])).hasSizeLessThan(6 << 20);
  }
}
