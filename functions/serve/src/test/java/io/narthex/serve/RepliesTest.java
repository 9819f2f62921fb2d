package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Payload;
import io.narthex.cache.read.ResponseHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTest {
  record Row(Answer answer, int status, String part) {}

  static List<Row> rows() {
    ResponseHeaders none = ResponseHeaders.NONE;
    return List.of(
        new Row(new Answer.Inline(none, Payload.of("x")), 200, "\"body\":\"x\""),
        new Row(new Answer.Described(none, 7), 200, "\"Content-Length\":\"7\""),
        new Row(
            new Answer.Redirect(URI.create("https://s3.invalid/k?X=1")),
            307,
            "\"Location\":\"https://s3.invalid/k?X=1\""),
        new Row(new Answer.Redirect(URI.create("https://s3.invalid/k")), 307, "no-store"),
        new Row(new Answer.BadRequest("r"), 400, "\"body\":\"r\\n\""),
        new Row(new Answer.Unauthenticated("r"), 401, "\"WWW-Authenticate\":\"Basic realm="),
        new Row(new Answer.Forbidden("r"), 403, "\"body\":\"r\\n\""),
        new Row(new Answer.NotFound("r"), 404, "\"Cache-Control\":\"no-store\""),
        new Row(new Answer.Hidden("r"), 404, "\"Cache-Control\":\"no-store\""),
        new Row(new Answer.MethodNotAllowed("r"), 405, "\"Allow\":\"GET, HEAD\""));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysItInHttp(Row row) throws IOException {
    var written = new ByteArrayOutputStream();
    Replies.of(row.answer()).write(written);
    assertThat(written.toString(UTF_8))
        .startsWith("{\"statusCode\":" + row.status() + ",")
        .contains(row.part());
  }
}
