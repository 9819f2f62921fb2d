package io.narthex.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The place where CloudFormation takes answers: S3 behind a presigned URL, here on loopback. */
final class ResponseEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final List<JsonNode> answers = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Deque<Integer> failures = new ArrayDeque<>();

  ResponseEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers with these before it takes one. */
  void failsWith(Integer... statuses) {
    failures.addAll(List.of(statuses));
  }

  URI url() {
    return URI.create(
        "http://127.0.0.1:%d/arn%%3Aaws%%3Acloudformation?X-Amz-Signature=5ecre7"
            .formatted(server.getAddress().getPort()));
  }

  /** The one answer. */
  JsonNode answer() {
    if (answers.size() != 1 || !refused.isEmpty()) {
      throw new AssertionError("%d answers, refused %s".formatted(answers.size(), refused));
    }
    return answers.getFirst();
  }

  int answers() {
    return answers.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = 200;
    if (!failures.isEmpty()) {
      status = failures.removeFirst();
    } else if (!exchange.getRequestMethod().equals("PUT")
        || !exchange.getRequestURI().getRawPath().equals("/arn%3Aaws%3Acloudformation")
        || exchange.getRequestHeaders().containsKey("Content-Type")) {
      // A URL signed for another request than this.
      refused.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      status = 403;
    } else {
      answers.add(new JsonMapper().readTree(body));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
