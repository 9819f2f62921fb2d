package io.narthex.local.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queue that takes messages and keeps them. */
final class QueueEndpoint implements AutoCloseable {
  /** A message of a batch. */
  private record Entry(String id, String body) {}

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private QueueEndpoint(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
  }

  static QueueEndpoint start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var queue = new QueueEndpoint(HttpServer.create(address, 0));
    queue.server.start();
    return queue;
  }

  /** What a function is told of it. */
  Map<String, String> environment() {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "AWS_ENDPOINT_URL_SQS",
        endpoint,
        "NARTHEX_QUEUE_URL",
        endpoint + "/111122223333/narthex-validate");
  }

  /** All that was sent, in order. */
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      byte[] request = exchange.getRequestBody().readAllBytes();
      boolean known = "AmazonSQS.SendMessageBatch".equals(call);
      byte[] answer = (known ? take(request) : "{}").getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(known ? 200 : 400, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String take(byte[] request) throws IOException {
    List<Entry> entries = entries(request);
    entries.forEach(entry -> bodies.add(entry.body()));
    return entries.stream()
        .map(
            entry ->
                "{\"Id\":\"%s\",\"MessageId\":\"%s\",\"MD5OfMessageBody\":\"%s\"}"
                    .formatted(entry.id(), entry.id(), md5(entry.body())))
        .collect(joining(",", "{\"Successful\":[", "],\"Failed\":[]}"));
  }

  private static List<Entry> entries(byte[] request) throws IOException {
    try {
      return JsonDocument.parse(request)
          .objects("Entries", entry -> new Entry(entry.text("Id"), entry.text("MessageBody")));
    } catch (MalformedJsonException e) {
      throw new IOException(e);
    }
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
