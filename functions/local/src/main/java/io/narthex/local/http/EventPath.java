package io.narthex.local.http;

import java.util.Optional;

/**
 * The path as an HTTP API puts it into {@code rawPath} and {@code requestContext.http.path}: in
 * spite of the name it is decoded, once, {@code %2F} included, and a plus stays a plus. AWS does
 * not document this; it is what users of HTTP APIs observe. Function URLs and REST APIs keep the
 * escapes.
 *
 * <p>One thing observed is not done here: an HTTP API drops what follows a decoded question mark.
 *
 * @see <a href="https://github.com/honojs/hono/issues/2156">hono 2156, rawPath of an HTTP API</a>
 * @see <a href="https://github.com/aws/aws-lambda-dotnet/pull/1901">AWS's own test tool</a>
 */
final class EventPath {
  private EventPath() {}

  /**
   * The path of the event.
   *
   * @param sent as in the request line, without the query
   * @return empty for what is no path, or no percent-encoded UTF-8: answered with 400
   */
  static Optional<String> of(String sent) {
    return sent.startsWith("/") ? Percent.decode(sent) : Optional.empty();
  }
}
