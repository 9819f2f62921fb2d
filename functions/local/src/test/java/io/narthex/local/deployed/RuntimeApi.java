package io.narthex.local.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Lambda is for the process of a function: hands it one event after the other and takes its
 * answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Pattern OUTCOME =
      Pattern.compile(ROOT + "invocation/([^/]+)/(response|error)");
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int NO_BODY = -1;

  /** What came of an event. */
  sealed interface Outcome {}

  /** The function answered. */
  record Answered(String body) implements Outcome {
    Answered {
      requireNonNull(body, "body is null");
    }
  }

  /** An exception left the function, or it could not start. */
  record Failed(String error) implements Outcome {
    Failed {
      requireNonNull(error, "error is null");
    }
  }

  private record Invocation(String id, String event) {}

  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private RuntimeApi(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext(ROOT, this::answer);
  }

  static RuntimeApi start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var api = new RuntimeApi(HttpServer.create(address, 0));
    api.server.start();
    return api;
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives an event to the function; one that was given before is finished first. */
  CompletableFuture<Outcome> invoke(String event) {
    String id = UUID.randomUUID().toString();
    var outcome = new CompletableFuture<Outcome>();
    outcomes.put(id, outcome);
    events.add(new Invocation(id, event));
    return outcome;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Matcher outcome = OUTCOME.matcher(path);
    if (path.equals(ROOT + "invocation/next")) {
      next(exchange);
    } else if (path.equals(ROOT + "restore/next")) {
      // The snapshot was taken and restored.
      reply(exchange, 200);
    } else if (outcome.matches()) {
      String body = body(exchange);
      settle(
          outcome.group(1),
          outcome.group(2).equals("error") ? new Failed(body) : new Answered(body));
      reply(exchange, 202);
    } else if (path.equals(ROOT + "init/error")) {
      String body = body(exchange);
      outcomes.keySet().forEach(id -> settle(id, new Failed(body)));
      reply(exchange, 202);
    } else {
      reply(exchange, 404);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try (exchange) {
      Invocation invocation = events.take();
      var headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", invocation.id());
      headers.add(
          "Lambda-Runtime-Deadline-Ms", Long.toString(Instant.now().plus(TIMEOUT).toEpochMilli()));
      headers.add(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:eu-west-2:111122223333:function:narthex");
      headers.add("Lambda-Runtime-Trace-Id", "Root=1-67409a20-3a2f1b0c5d6e7f8091a2b3c4;Sampled=0");
      headers.add("Content-Type", "application/json");
      byte[] event = invocation.event().getBytes(UTF_8);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(String id, Outcome outcome) {
    Optional.ofNullable(outcomes.get(id)).ifPresent(waiting -> waiting.complete(outcome));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
  }

  private static void reply(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, NO_BODY);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
