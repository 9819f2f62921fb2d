package io.narthex.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRouteTest {
  private static final LocalRoute STATUS =
      request -> new LocalAnswer(200, "text/plain; charset=utf-8", "status ä " + request);

  private final Front front =
      Front.of(
          Front.config(1, 0),
          Front.answering("\"function\""),
          Map.of(
              "/-/",
              STATUS,
              "/-/deep/",
              _ -> new LocalAnswer(202, "text/html", "deep"),
              "/-/broken/",
              _ -> {
                throw new IllegalStateException("secret");
              }));

  @AfterEach
  void close() {
    front.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d"})
  void answersUnderItsPrefix(String host) throws IOException {
    assertThat(asked(host, "")).startsWith("HTTP/1.1 200 ").contains("path=/-/a b, query=q=%20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost:1", "[::1]:%d"})
  void isNotThereAtAnotherAddress(String host) throws IOException {
    assertThat(asked(host, "")).startsWith("HTTP/1.1 404 ").endsWith("{\"message\":\"Not Found\"}");
  }

  @Test
  void isNotThereForAPageFromElsewhere() throws IOException {
    assertThat(asked("127.0.0.1:%d", "Origin: https://example.org\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void isThereForItsOwnPage() throws IOException {
    String own = "Origin: http://localhost:" + port() + "\r\n";
    assertThat(asked("localhost:%d", own)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theLongestPrefixWins() throws IOException, InterruptedException {
    assertThat(Front.text(front.get("/-/deep/x"))).isEqualTo("deep");
  }

  @Test
  void answers500WhenItFails() throws IOException, InterruptedException {
    assertThat(Front.text(front.get("/-/broken/")))
        .isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void everythingElseGoesToTheFunction() throws IOException {
    assertThat(front.raw("GET /-x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .endsWith("function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-/", "/-"})
  void refusesWhatIsNoPrefix(String prefix) {
    assertThatThrownBy(() -> new LocalRoutes(Map.of(prefix, STATUS)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnAnswerThatCannotBeSent() {
    assertThatThrownBy(() -> new LocalAnswer(100, "text/plain", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocalAnswer(200, "text/plain\r\n", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String asked(String host, String headers) throws IOException {
    return front.raw(
        "GET /-/a%20b?q=%20 HTTP/1.1\r\nHost: "
            + host.replace("%d", Integer.toString(port()))
            + "\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  private int port() {
    return front.front().url().getPort();
  }
}
