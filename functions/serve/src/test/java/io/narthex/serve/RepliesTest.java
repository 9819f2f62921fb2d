package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Denial;
import io.narthex.cache.read.Payload;
import io.narthex.cache.read.ResponseHeaders;
import io.narthex.cache.store.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTest {
  private static final Denial DENIAL =
      new Denial(
          "anonymous",
          "s3:GetObject",
          new ObjectKey("nix-cache-info"),
          Denial.Kind.IMPLICIT_DENY,
          Optional.empty());

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
        new Row(
            new Answer.Unauthenticated(new Refused("r")),
            401,
            "\"WWW-Authenticate\":\"Basic realm=\\\"Nix cache\\\"\""),
        new Row(new Answer.Forbidden("r", DENIAL), 403, "\"body\":\"r\\n\""),
        new Row(new Answer.NotFound("r"), 404, "\"Cache-Control\":\"no-store\""),
        new Row(new Answer.Hidden("r", DENIAL), 404, "\"Cache-Control\":\"no-store\""),
        new Row(new Answer.MethodNotAllowed("r"), 405, "\"Allow\":\"GET, HEAD\""));
  }

  private static String written(Answer answer) throws IOException {
    var written = new ByteArrayOutputStream();
    Replies.of(answer).write(written);
    return written.toString(UTF_8);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysItInHttp(Row row) throws IOException {
    assertThat(written(row.answer()))
        .startsWith("{\"statusCode\":" + row.status() + ",")
        .contains(row.part());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tellsCachesThatTheAnswerDependsOnCredentials(Row row) throws IOException {
    assertThat(written(row.answer())).contains("\"Vary\":\"Authorization\"");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void letsNobodyKeepARefusalOrARedirect(Row row) throws IOException {
    if (row.status() != 200) {
      assertThat(written(row.answer())).contains("\"Cache-Control\":\"no-store\"");
    }
  }

  @Test
  void writesWhatIsHiddenAsWhatIsAbsent() throws IOException {
    assertThat(written(new Answer.Hidden("r", DENIAL)))
        .isEqualTo(written(new Answer.NotFound("r")));
  }

  @Test
  void saysTheSameOfAllBadCredentials() throws IOException {
    assertThat(written(new Answer.Unauthenticated(new Refused("expired: nxt1"))))
        .isEqualTo(written(new Answer.Unauthenticated(new Refused("no such token"))))
        .doesNotContain("expired", "nxt1");
  }
}
