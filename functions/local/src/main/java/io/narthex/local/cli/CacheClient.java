package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.local.cli.login.BasicCredentials;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a cache at its URL. What cannot be asked is said in a line. */
final class CacheClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI url;
  private final String startIt;
  private final Optional<BasicCredentials> credentials;
  private final HttpClient http = HttpClient.newHttpClient();

  private CacheClient(URI url, String startIt, Optional<BasicCredentials> credentials) {
    this.url = requireNonNull(url, "url is null");
    this.startIt = requireNonNull(startIt, "startIt is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
  }

  /** Of any cache; its URL may end in a slash. */
  static CacheClient at(URI url) {
    if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
      throw new CannotException("a cache has an http or https URL, not " + url);
    }
    return new CacheClient(URI.create(url.toString().replaceAll("/+$", "")), "", Optional.empty());
  }

  /** Of one that {@code narthex up} runs; {@code startIt} says how, if nothing answers. */
  static CacheClient of(URI url, String startIt) {
    return new CacheClient(url, startIt, Optional.empty());
  }

  /** The same cache, asked by somebody. */
  CacheClient as(Optional<BasicCredentials> somebody) {
    return new CacheClient(url, startIt, somebody);
  }

  URI url() {
    return url;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  /** Status of a HEAD. */
  int head(String path) {
    return send(request(path).HEAD().build()).statusCode();
  }

  /**
   * A POST of JSON.
   *
   * @return the answer's body, which is a success
   */
  String post(String path, ObjectNode json) {
    return success(send(path, json));
  }

  /** A POST of JSON, whatever the answer. */
  HttpResponse<String> send(String path, ObjectNode json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JsonDocument.write(json)))
            .build());
  }

  private static String success(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new CannotException(answer.body().strip());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    credentials.ifPresent(known -> request.header("Authorization", known.header()));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CannotException("nothing answers at " + request.uri() + startIt);
    } catch (IOException e) {
      throw new CannotException(request.uri() + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotException("interrupted");
    }
  }
}
