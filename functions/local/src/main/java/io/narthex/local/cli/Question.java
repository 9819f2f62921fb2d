package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A question to the API of a cache. What is no answer is said in a line. */
final class Question {
  private Question() {}

  /** Reads an answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonDocument json) throws MalformedJsonException;
  }

  /** What the cache answers at an address. */
  static <T> T ask(CacheClient cache, String address, Reader<T> reader) {
    return read(body(cache, address), reader);
  }

  /**
   * The same, or nothing if that is not there; what the cache says to it goes to standard error.
   */
  static <T> Optional<T> find(CacheClient cache, String address, Reader<T> reader) {
    HttpResponse<String> answer = cache.get(address);
    if (answer.statusCode() == 404) {
      System.err.println("narthex: " + answer.body().strip());
      return Optional.empty();
    }
    return Optional.of(read(body(cache, answer), reader));
  }

  private static <T> T read(String body, Reader<T> reader) {
    try {
      return reader.read(JsonDocument.parse(body.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJsonException e) {
      throw new CannotException("not an answer that this narthex reads: " + e.getMessage());
    }
  }

  /** The same as it is sent. */
  static String body(CacheClient cache, String address) {
    return body(cache, cache.get(address));
  }

  private static String body(CacheClient cache, HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 400, 401, 403, 404, 503 -> throw new CannotException(answer.body().strip());
      default ->
          throw new CannotException(
              "%s answers %d: %s"
                  .formatted(cache.url(), answer.statusCode(), answer.body().strip()));
    };
  }
}
