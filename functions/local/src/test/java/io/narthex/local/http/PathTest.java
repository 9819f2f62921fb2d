package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The front and the reader of its events, together. */
class PathTest {
  private final AtomicReference<String> event = new AtomicReference<>("");

  enum Row {
    PLAIN("/nar/x.nar.xz", "/nar/x.nar.xz"),
    ESCAPED_PLUS("/log/g%2B%2B.drv", "/log/g++.drv"),
    PLUS("/log/g++.drv", "/log/g++.drv"),
    ESCAPED_BANG("/realisations/sha256%3Aab%21out.doi", "/realisations/sha256:ab!out.doi"),
    BANG("/realisations/sha256:ab!out.doi", "/realisations/sha256:ab!out.doi"),
    EQUALS("/log/a%3Db=c", "/log/a=b=c"),
    QUESTION_MARK("/log/a%3Fb?q=1", "/log/a?b"),
    PERCENT("/a%25b", "/a%b"),
    ESCAPED_ONCE_ONLY("/a%252Bb", "/a%2Bb"),
    SLASH("/nar%2Fx", "/nar/x"),
    DOTS("/a/b/../%2e/c", "/a/b/.././c"),
    EMPTY_SEGMENTS("//a//b", "//a//b"),
    SEMICOLON("/a;b=c/d", "/a;b=c/d"),
    BACKSLASH("/a%5Cb", "/a\\b"),
    CONTROL("/a%01%0Ab", "/a\u0001\nb"),
    ESCAPED_UTF_8("/%C3%A4%E2%82%AC%F0%9F%90%9A", "/ä€🐚"),
    RAW_UTF_8("/ä€", "/ä€");

    private final String sent;
    private final String key;

    Row(String sent, String key) {
      this.sent = sent;
      this.key = key;
    }
  }

  @ParameterizedTest
  @EnumSource
  void arrivesDecodedOnce(Row row) throws IOException, MalformedEventException {
    try (Front front = Front.of(Front.keeping(event))) {
      String target = new String(row.sent.getBytes(UTF_8), ISO_8859_1);
      assertThat(
              front.raw(
                  "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
    HttpCall call = HttpCallReader.read(new ByteArrayInputStream(event.get().getBytes(UTF_8)));
    assertThat(call.rawPath()).isEqualTo(row.key);
    assertThat(Fields.of(event.get())).containsEntry("/requestContext/http/path", row.key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%", "/%4", "/%zz", "/%ff", "/%C3", "/%ED%A0%80", "/%00", "/a/../../b", "*", "a"})
  void refusesWhatIsNoPath(String target) throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(
              front.raw(
                  "OPTIONS "
                      + target
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .endsWith("{\"message\":\"Bad Request\"}");
    }
    assertThat(event.get()).isEmpty();
  }

  @Test
  void theReaderUnderstandsTheRestOfTheEvent()
      throws IOException, InterruptedException, MalformedEventException {
    try (Front front = Front.of(Front.keeping(event))) {
      front.method("HEAD", "/nix-cache-info?a=b");
    }
    HttpCall call = HttpCallReader.read(new ByteArrayInputStream(event.get().getBytes(UTF_8)));
    assertThat(call.method()).isEqualTo("HEAD");
    assertThat(call.query()).isEqualTo("a=b");
    assertThat(call.sourceIp()).isEqualTo("127.0.0.1");
    assertThat(call.header("x-forwarded-proto")).hasValue("http");
  }
}
