package io.narthex.local.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A host that {@code narthex up} runs, found by its data directory. */
final class RunningHost {
  private static final String EXPORT = "export ";

  private final Path data;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningHost(Path data, Map<String, String> environment) {
    this.data = data;
    this.environment = Map.copyOf(environment);
  }

  static RunningHost in(Path data) {
    Path file = data.resolve("narthex.env");
    try {
      return new RunningHost(
          data,
          Files.readAllLines(file).stream()
              .filter(line -> line.startsWith(EXPORT) && line.contains("="))
              .map(line -> line.substring(EXPORT.length()).split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    } catch (NoSuchFileException e) {
      throw new CannotException("nothing runs in " + data + "; start it with: narthex up");
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }

  Path data() {
    return data;
  }

  String variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new CannotException(data.resolve("narthex.env") + " does not say " + name);
    }
    return value;
  }

  /** A GET at the cache URL. */
  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /**
   * A POST to one of the host's own routes.
   *
   * @return the answer's body, which is a success
   */
  String post(String path) {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()).build());
    if (answer.statusCode() != 200) {
      throw new CannotException(answer.body().strip());
    }
    return answer.body();
  }

  private URI uri(String path) {
    return URI.create(variable("NARTHEX_URL") + path);
  }

  private HttpResponse<String> send(HttpRequest request) {
    URI uri = request.uri();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CannotException(
          "nothing answers at " + uri + "; start it with: narthex up --data " + data);
    } catch (IOException e) {
      throw new CannotException(uri + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotException("interrupted");
    }
  }
}
