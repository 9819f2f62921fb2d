package io.narthex.aws.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpUpstreamsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SampleStore samples = new SampleStore(1);
  private final SamplePath path = samples.path("there");
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  /** Answers one request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private void answering(Answer answer) {
    server.createContext(
        "/cache/",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Begins an answer, and does not go on. */
  private void stall(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write("StorePath: ".getBytes(UTF_8));
    exchange.getResponseBody().flush();
    end.await();
  }

  private Optional<NarInfo> ask(HttpUpstreams upstreams) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cache/");
    return upstreams.narInfo(new UpstreamCache(url, samples.publicKey()), path.storePath().hash());
  }

  private Optional<NarInfo> ask() {
    try (var upstreams = new HttpUpstreams(LONG)) {
      return ask(upstreams);
    }
  }

  @Test
  void whatIsThereIsTold() {
    answering(
        exchange -> {
          boolean isAsked =
              exchange.getRequestURI().getPath().equals("/cache/" + path.narInfoKey());
          send(exchange, isAsked ? 200 : 500, path.narInfoBytes());
        });
    assertThat(ask()).contains(path.narInfo());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void whatIsNotThereIsAbsent(int status) {
    answering(exchange -> send(exchange, status, new byte[0]));
    assertThat(ask()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 401, 403, 429, 500, 503})
  void whatSaysNeitherIsAFailure(int status) {
    answering(exchange -> send(exchange, status, new byte[0]));
    assertThatThrownBy(this::ask)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("status " + status);
  }

  @Test
  void aPageToLogInIsAFailure() {
    answering(exchange -> send(exchange, 200, "<html>Who are you?</html>".getBytes(UTF_8)));
    assertThatThrownBy(this::ask)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no narinfo");
  }

  @Test
  void anAnswerThatDoesNotEndIsAFailure() {
    answering(this::stall);
    try (var upstreams = new HttpUpstreams(Duration.ofMillis(500))) {
      assertThatThrownBy(() -> ask(upstreams)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void anAnswerThatIsTooLongIsAFailure() {
    answering(exchange -> send(exchange, 200, new byte[(1 << 20) + 1]));
    assertThatThrownBy(this::ask).isInstanceOf(StoreException.class);
  }

  @Test
  void whatIsBeingAskedForIsGivenUpByClosing() throws InterruptedException {
    var asked = new CountDownLatch(1);
    answering(
        exchange -> {
          asked.countDown();
          stall(exchange);
        });
    var upstreams = new HttpUpstreams(LONG);
    var answer = CompletableFuture.supplyAsync(() -> ask(upstreams));
    asked.await();
    upstreams.close();
    assertThatThrownBy(answer::join).hasCauseInstanceOf(StoreException.class);
    assertThatThrownBy(() -> ask(upstreams)).isInstanceOf(StoreException.class);
  }
}
