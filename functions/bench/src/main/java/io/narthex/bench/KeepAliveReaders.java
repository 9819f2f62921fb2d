package io.narthex.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Several readers, each with one connection that it keeps. */
final class KeepAliveReaders implements AutoCloseable {
  private static final int READERS = 4;

  private final List<HttpClient> clients =
      Stream.generate(() -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build())
          .limit(READERS)
          .toList();
  private final ExecutorService threads = Executors.newFixedThreadPool(READERS);

  /** Sends this many GETs in all; every answer must be 200 with this body. */
  void get(URI uri, int count, String expected) throws InterruptedException {
    var pending = new ArrayList<Future<?>>();
    for (HttpClient client : clients) {
      pending.add(threads.submit(() -> get(client, uri, count / READERS, expected)));
    }
    for (Future<?> future : pending) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Void get(HttpClient client, URI uri, int count, String expected)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    for (int i = 0; i < count; i++) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().equals(expected)) {
        throw new IOException(uri + " answered " + answer.statusCode() + ": " + answer.body());
      }
    }
    return null;
  }

  @Override
  public void close() {
    threads.close();
    clients.forEach(HttpClient::close);
  }
}
