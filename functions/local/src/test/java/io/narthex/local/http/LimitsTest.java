package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LimitsTest {
  private static final int BODY = 10 * 1024 * 1024;
  private static final int HEADERS = 10_240;

  private final AtomicReference<String> event = new AtomicReference<>("");

  @Test
  void takesABodyOf10MegabytesAndNoByteMore() throws IOException, InterruptedException {
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(front.post("text/plain", new byte[BODY]).statusCode()).isEqualTo(200);
      HttpResponse<byte[]> response = front.post("text/plain", new byte[BODY + 1]);
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(Front.text(response)).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }
  }

  @Test
  void measuresAChunkedBody() throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      for (int size : new int[] {BODY, BODY + 1}) {
        String chunk = Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n";
        assertThat(
                front.raw(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + chunk))
            .startsWith("HTTP/1.1 " + (size == BODY ? 200 : 413));
      }
    }
  }

  @Test
  void refusesHeadersOver10240Bytes() throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      String start = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ";
      String end = "\r\n\r\n";
      int room = HEADERS - start.length() - end.length();
      assertThat(front.raw(start + "x".repeat(room - 16) + end)).startsWith("HTTP/1.1 200 ");
      assertThat(front.raw(start + "x".repeat(room + 1) + end))
          .startsWith("HTTP/1.1 431 ")
          .endsWith("{\"message\":\"Request Header Fields Too Large\"}");
    }
  }

  @Test
  void countsTheRequestLineToTheHeaders() throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(front.raw("GET /" + "x".repeat(HEADERS) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void answersInJsonWhatElseIsNotUnderstood() throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(front.raw("GET / HTTP/7.0\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 505 ")
          .endsWith("{\"message\":\"HTTP Version Not Supported\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "GET\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void answers400ForGarbage(String request) throws IOException {
    try (Front front = Front.of(Front.keeping(event))) {
      assertThat(front.raw(request)).startsWith("HTTP/1.1 400 ");
    }
    assertThat(event.get()).isEmpty();
  }

  @Test
  void slowClientsDoNotBlockOthers() throws IOException, InterruptedException {
    var slow = new ArrayList<Socket>();
    try (Front front = Front.of(Front.config(1, 0), Front.keeping(event), Map.of())) {
      for (int i = 0; i < 100; i++) {
        Socket socket = front.connect();
        slow.add(socket);
        String request =
            i % 2 == 0
                ? "GET / HTTP/1.1\r\nHost:"
                : "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(front.get("/").statusCode()).isEqualTo(200);
      }
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void callsOnlySoManyAtOnceLetsSomeWaitAndRefusesTheRest()
      throws IOException, InterruptedException {
    var inside = new Semaphore(0);
    var open = new CountDownLatch(1);
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    RequestStreamHandler handler =
        (_, reply, _) -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          inside.release();
          uninterrupted(open);
          atOnce.decrementAndGet();
          reply.write("{\"statusCode\":200}".getBytes(UTF_8));
        };
    try (Front front = Front.of(Front.config(3, 2), handler, Map.of())) {
      List<CompletableFuture<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        statuses.add(
            front
                .client()
                .sendAsync(HttpRequest.newBuilder(front.at("/")).build(), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode));
      }
      inside.acquire(3);
      while (statuses.stream().filter(CompletableFuture::isDone).count() < 7) {
        Thread.onSpinWait();
      }
      open.countDown();
      assertThat(statuses.stream().map(CompletableFuture::join).sorted())
          .containsExactly(200, 200, 200, 200, 200, 503, 503, 503, 503, 503, 503, 503);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void closeLetsRequestsEndAndTakesNoMore() throws IOException, InterruptedException {
    var inside = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    RequestStreamHandler handler =
        (_, reply, _) -> {
          inside.countDown();
          uninterrupted(open);
          reply.write("\"late\"".getBytes(UTF_8));
        };
    try (Front front = Front.of(handler)) {
      CompletableFuture<HttpResponse<String>> late =
          front
              .client()
              .sendAsync(HttpRequest.newBuilder(front.at("/")).build(), BodyHandlers.ofString());
      inside.await();
      int port = front.front().url().getPort();
      Thread closing = Thread.ofVirtual().start(front.front()::close);
      while (accepts(port)) {
        Thread.sleep(1);
      }
      open.countDown();
      assertThat(late.join().body()).isEqualTo("late");
      closing.join();
    }
  }

  @Test
  void closeWaitsNoLongerThanItsGrace() throws IOException, InterruptedException {
    var inside = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    RequestStreamHandler handler =
        (_, _, _) -> {
          inside.countDown();
          uninterrupted(never);
        };
    HttpFrontConfig usual = Front.config(1, 0);
    var hasty =
        new HttpFrontConfig(
            0, usual.names(), "serve", 1, 0, usual.timeout(), Duration.ofMillis(50), usual.clock());
    try (Front front = Front.of(hasty, handler, Map.of());
        Socket socket = front.connect()) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
      inside.await();
      int port = front.front().url().getPort();
      front.front().close();
      assertThat(accepts(port)).isFalse();
    } finally {
      never.countDown();
    }
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
