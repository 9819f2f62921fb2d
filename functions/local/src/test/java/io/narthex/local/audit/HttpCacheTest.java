package io.narthex.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpCacheTest {
  private static final ObjectKey KEY = new ObjectKey("nar/one.nar");

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    stalled.countDown();
    server.stop(0);
  }

  private HttpCache answering(HttpHandler handler) {
    return answering(Duration.ofMillis(300), handler);
  }

  private HttpCache answering(Duration silence, HttpHandler handler) {
    server.createContext(
        "/nar/",
        exchange -> {
          authorizations.add(
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                  .orElse("none"));
          handler.handle(exchange);
        });
    return new HttpCache(base(), Optional.of("Basic c2VjcmV0"), silence);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("ETag", "\"tag\"");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void headAndGetSayWhatItIs() {
    HttpCache cache = answering(exchange -> answer(exchange, 200, new byte[100]));
    StoredObject head = cache.head(KEY).orElseThrow();
    assertThat(head.size()).isEqualTo(100);
    assertThat(head.etag().value()).isEqualTo("tag");
    try (ObjectContent content = cache.open(KEY).orElseThrow()) {
      assertThat(content.object()).isEqualTo(head);
      assertThat(content.readAll()).hasSize(100);
    }
    assertThat(authorizations).containsOnly("Basic c2VjcmV0");
  }

  @Test
  void absentIsAbsentAndNothingElseIs() {
    HttpCache cache = answering(exchange -> answer(exchange, 404, new byte[0]));
    assertThat(cache.open(KEY)).isEmpty();
    assertThat(cache.head(KEY)).isEmpty();
  }

  @Test
  void refusalsAndFailuresSayNothingOfTheObject() {
    for (int status : new int[] {401, 403, 429, 500, 503}) {
      server.createContext("/" + status + "/", exchange -> answer(exchange, status, new byte[0]));
      HttpCache cache = new HttpCache(base().resolve(status + "/"), Optional.empty());
      assertThatThrownBy(() -> cache.open(KEY)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> cache.head(KEY)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void withoutAStrongTagOrATimeNothingTellsThatItChanged() {
    for (String tag : new String[] {"", "W/\"1\""}) {
      server.createContext(
          "/x" + tag.length() + "/",
          exchange -> {
            if (!tag.isEmpty()) {
              exchange.getResponseHeaders().set("ETag", tag);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      HttpCache cache = new HttpCache(base().resolve("x" + tag.length() + "/"), Optional.empty());
      assertThat(cache.head(KEY).orElseThrow().etag()).isEqualTo(AuditedCache.UNTOLD);
    }
  }

  @Test
  void aRedirectToNoUrlFails() {
    HttpCache cache =
        answering(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "/a b|c");
              answer(exchange, 302, new byte[0]);
            });
    assertThatThrownBy(() -> cache.head(KEY)).isInstanceOf(StoreException.class);
  }

  @Test
  void aTransferThatEndsEarlyFails() {
    HttpCache cache =
        answering(
            exchange -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
              exchange.close();
            });
    ObjectContent content = cache.open(KEY).orElseThrow();
    assertThatThrownBy(content::readAll).isInstanceOf(StoreException.class);
  }

  @Test
  void aTransferThatStallsFails() {
    HttpCache cache =
        answering(
            exchange -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
              try {
                stalled.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    ObjectContent content = cache.open(KEY).orElseThrow();
    assertThatThrownBy(content::readAll).isInstanceOf(StoreException.class);
  }

  @Test
  void aTransferThatDripsFails() {
    HttpCache cache =
        answering(
            Duration.ofSeconds(2),
            exchange -> answerInPieces(exchange, 1000, 1, Duration.ofMillis(20)));
    ObjectContent content = cache.open(KEY).orElseThrow();
    assertThatThrownBy(content::readAll)
        .isInstanceOf(StoreException.class)
        .hasStackTraceContaining("bytes came in ");
  }

  @Test
  void theLastBytesMayBeFewAndLate() {
    HttpCache cache =
        answering(
            Duration.ofSeconds(3),
            exchange -> answerInPieces(exchange, 2, 350, Duration.ofMillis(1800)));
    try (ObjectContent content = cache.open(KEY).orElseThrow()) {
      assertThat(content.readAll()).hasSize(700);
    }
  }

  @Test
  void theTimeOfTheReaderDoesNotCount() throws IOException {
    HttpCache cache = answering(exchange -> answerInPieces(exchange, 10, 10, Duration.ZERO));
    try (ObjectContent content = cache.open(KEY).orElseThrow()) {
      for (int i = 0; i < 10; i++) {
        pause(Duration.ofMillis(50));
        assertThat(content.bytes().readNBytes(10)).hasSize(10);
      }
    }
  }

  /** Each after a pause. */
  private void answerInPieces(HttpExchange exchange, int count, int size, Duration pause)
      throws IOException {
    exchange.sendResponseHeaders(200, (long) count * size);
    for (int i = 0; i < count; i++) {
      exchange.getResponseBody().flush();
      pause(pause);
      exchange.getResponseBody().write(new byte[size]);
    }
    exchange.close();
  }

  private void pause(Duration time) {
    try {
      boolean stopped = stalled.await(time.toMillis(), TimeUnit.MILLISECONDS);
      if (stopped) {
        throw new IllegalStateException("the test is over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void credentialsDoNotFollowARedirectElsewhere() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> seen = new CopyOnWriteArrayList<>();
    other.createContext(
        "/",
        exchange -> {
          seen.add(
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                  .orElse("none"));
          answer(exchange, 200, new byte[5]);
        });
    other.start();
    try {
      String to = "http://127.0.0.1:" + other.getAddress().getPort() + "/moved";
      HttpCache cache =
          answering(
              exchange -> {
                exchange.getResponseHeaders().set("Location", to);
                answer(exchange, 302, new byte[0]);
              });
      try (ObjectContent content = cache.open(KEY).orElseThrow()) {
        assertThat(content.readAll()).hasSize(5);
      }
      assertThat(seen).containsExactly("none");
    } finally {
      other.stop(0);
    }
  }
}
