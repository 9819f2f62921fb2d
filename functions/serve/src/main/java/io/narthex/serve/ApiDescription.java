package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Payload;
import io.narthex.cache.read.ResponseHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What the API is, for programs: {@code docs/openapi.json}, the same for everyone. */
final class ApiDescription {
  private static final Payload DOCUMENT = read();
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Content-Type", "application/json")
          .with("Cache-Control", "public, max-age=3600")
          .with("X-Content-Type-Options", "nosniff");

  private ApiDescription() {}

  private static Payload read() {
    try (InputStream document = ApiDescription.class.getResourceAsStream("openapi.json")) {
      return new Payload(requireNonNull(document, "openapi.json is not there").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer answer(String method) {
    return switch (method) {
      case "GET" -> new Answer.Inline(HEADERS, DOCUMENT);
      case "HEAD" -> new Answer.Described(HEADERS, DOCUMENT.length());
      default -> new Answer.MethodNotAllowed("this address only answers");
    };
  }
}
