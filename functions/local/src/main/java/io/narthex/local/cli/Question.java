package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

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
    String body = body(cache, address);
    try {
      return reader.read(JsonDocument.parse(body.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJsonException e) {
      throw new CannotException("not an answer that this narthex reads: " + e.getMessage());
    }
  }

  /** The same as it is sent. */
  static String body(CacheClient cache, String address) {
    HttpResponse<String> answer = cache.get(address);
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
