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
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The two queues of a cache, which take messages and keep them. */
final class QueueEndpoint implements AutoCloseable {
  private static final String UPLOADS = "/111122223333/narthex-validate";
  private static final String INDEX = "/111122223333/narthex-index";

  /** A message of a batch. */
  private record Entry(String id, String body) {}

  private final List<String> uploads = new CopyOnWriteArrayList<>();
  private final List<String> looks = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private QueueEndpoint(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
  }

  static QueueEndpoint start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var queues = new QueueEndpoint(HttpServer.create(address, 0));
    queues.server.start();
    return queues;
  }

  /** What a function is told of them. */
  Map<String, String> environment() {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "AWS_ENDPOINT_URL_SQS",
        endpoint,
        "NARTHEX_QUEUE_URL",
        endpoint + UPLOADS,
        "NARTHEX_INDEX_QUEUE_URL",
        endpoint + INDEX);
  }

  /** All that was sent to the queue of uploads, in order. */
  List<String> uploads() {
    return List.copyOf(uploads);
  }

  /** All that was sent to the queue of the index, in order. */
  List<String> looks() {
    return List.copyOf(looks);
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
    try {
      JsonDocument call = JsonDocument.parse(request);
      List<Entry> entries =
          call.objects("Entries", entry -> new Entry(entry.text("Id"), entry.text("MessageBody")));
      queue(call.text("QueueUrl")).addAll(entries.stream().map(Entry::body).toList());
      return entries.stream()
          .map(
              entry ->
                  "{\"Id\":\"%s\",\"MessageId\":\"%s\",\"MD5OfMessageBody\":\"%s\"}"
                      .formatted(entry.id(), entry.id(), md5(entry.body())))
          .collect(joining(",", "{\"Successful\":[", "],\"Failed\":[]}"));
    } catch (MalformedJsonException e) {
      throw new IOException(e);
    }
  }

  private List<String> queue(String url) throws IOException {
    return switch (URI.create(url).getPath()) {
      case UPLOADS -> uploads;
      case INDEX -> looks;
      case String other -> throw new IOException("there is no queue " + other);
    };
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
