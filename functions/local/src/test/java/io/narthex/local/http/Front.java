package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A front that is running, and clients for it. */
final class Front implements AutoCloseable {
  static final Instant NOW = Instant.parse("2020-03-12T19:03:58.390Z");

  private final HttpFront front;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Front(HttpFront front) {
    this.front = front;
  }

  static Front of(RequestStreamHandler handler) {
    return of(config(64, 256), handler, Map.of());
  }

  static Front of(
      HttpFrontConfig config, RequestStreamHandler handler, Map<String, LocalRoute> routes) {
    return new Front(HttpFront.start(config, handler, routes));
  }

  static HttpFrontConfig config(int concurrency, int queue) {
    Duration longEnough = Duration.ofSeconds(30);
    return new HttpFrontConfig(
        0,
        HostNames.LOOPBACK,
        "serve",
        concurrency,
        queue,
        longEnough,
        longEnough,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** Answers always the same. */
  static RequestStreamHandler answering(String answer) {
    return (_, reply, _) -> reply.write(answer.getBytes(UTF_8));
  }

  /** Answers 200, and keeps the event. */
  static RequestStreamHandler keeping(AtomicReference<String> event) {
    return (request, reply, _) -> {
      event.set(new String(request.readAllBytes(), UTF_8));
      reply.write("{\"statusCode\":200}".getBytes(UTF_8));
    };
  }

  HttpFront front() {
    return front;
  }

  URI at(String path) {
    return URI.create(front.url() + path);
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)).build());
  }

  HttpResponse<byte[]> method(String method, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)).method(method, BodyPublishers.noBody()).build());
  }

  HttpResponse<byte[]> post(String contentType, byte[] body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(at("/"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  HttpClient client() {
    return client;
  }

  Socket connect() throws IOException {
    return new Socket("127.0.0.1", front.url().getPort());
  }

  /** What comes back, up to the end of the connection, for bytes sent as they are. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  @Override
  public void close() {
    client.close();
    front.close();
  }
}
