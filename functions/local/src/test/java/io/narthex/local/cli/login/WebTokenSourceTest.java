package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebTokenSourceTest {
  private static final String AUDIENCE = "https://c.example";

  private static String find(Map<String, String> environment, Optional<Path> file) {
    return new WebTokenSource(environment).find(file, AUDIENCE).reveal();
  }

  @Test
  void isAFileBeforeAVariable(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "a.b.c\n");
    assertThat(find(Map.of("NARTHEX_OIDC_TOKEN", "d.e.f"), Optional.of(file))).isEqualTo("a.b.c");
    assertThat(find(Map.of("NARTHEX_OIDC_TOKEN", "d.e.f"), Optional.empty())).isEqualTo("d.e.f");
  }

  @Test
  void isAskedOfGitHubForTheCacheAlone() throws IOException {
    var asked = new AtomicReference<String>();
    HttpServer github =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    github.createContext(
        "/",
        exchange -> {
          asked.set(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = "{\"count\":1,\"value\":\"a.b.c\"}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    github.start();
    try {
      String url = "http://127.0.0.1:%d/t?api=2".formatted(github.getAddress().getPort());
      Map<String, String> environment =
          Map.of(
              "ACTIONS_ID_TOKEN_REQUEST_URL", url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-job");
      assertThat(find(environment, Optional.empty())).isEqualTo("a.b.c");
      assertThat(asked.get())
          .isEqualTo("/t?api=2&audience=https%3A%2F%2Fc.example bearer of-the-job");
    } finally {
      github.stop(0);
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> find(Map.of(), Optional.empty()))
        .withMessageContaining("id-token: write");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://c.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "https://user@c.example",
        "ftp://c.example",
        "c.example",
        "https:///x",
      })
  void credentialsGoOverTlsOrStayHere(String cache) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenClient(URI.create(cache)));
  }

  @Test
  void aWebTokenNeverPrints() {
    assertThat(new WebToken("a.b.c").toString()).doesNotContain("a.b.c");
  }

  @Test
  void nixsOwnWordForTheFileIsTaken() {
    assertThat(
            NixConfig.setting(
                "netrc-file", "max-jobs = 1\nnetrc-file = /n/netrc\nsandbox = true\n"))
        .contains("/n/netrc");
    assertThat(NixConfig.setting("netrc-file", "max-jobs = 1\n")).isEmpty();
    assertThat(NixConfig.setting("trusted-public-keys", "trusted-public-keys =\n")).contains("");
  }
}
