package io.narthex.local.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A folder behind HTTP, one file of which does not come until it is released. */
final class StallingServer implements AutoCloseable {
  private final HttpServer server;
  private final Path folder;
  private final String stalling;
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private StallingServer(HttpServer server, Path folder, String stalling) {
    this.server = server;
    this.folder = folder;
    this.stalling = stalling;
  }

  static StallingServer of(Path folder, String stalling) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StallingServer server = new StallingServer(http, folder, stalling);
    http.setExecutor(server.threads);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath().substring(1);
      boolean isGet = exchange.getRequestMethod().equals("GET");
      Path file = folder.resolve(key);
      if (Files.notExists(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      exchange.getResponseHeaders().set("ETag", "\"" + key.hashCode() + "\"");
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, isGet ? bytes.length : -1);
      requests.add(exchange.getRequestMethod() + " " + key);
      if (isGet) {
        if (key.equals(stalling)) {
          exchange.getResponseBody().flush();
          released.await();
        }
        exchange.getResponseBody().write(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until each of these files was asked for. */
  void awaitRequests(Collection<String> keys) throws InterruptedException {
    while (!keys.stream().allMatch(key -> requests.contains("GET " + key))) {
      Thread.sleep(5);
    }
  }

  void release() {
    released.countDown();
  }

  void forgetRequests() {
    requests.clear();
  }

  /** The keys that were asked for by this method under this prefix. */
  List<String> requests(String method, String prefix) {
    return requests.stream()
        .filter(request -> request.startsWith(method + " " + prefix))
        .map(request -> request.substring(method.length() + 1))
        .toList();
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
