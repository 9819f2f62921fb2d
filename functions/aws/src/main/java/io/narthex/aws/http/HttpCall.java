package io.narthex.aws.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it reached the function. It prints method and path only: headers may hold
 * credentials.
 *
 * @param rawPath begins with a slash; percent-encoded as sent, or already decoded (API Gateway does
 *     both, depending on the character)
 * @param query behind the question mark, not decoded; may be empty
 * @param headers by name in lower case; a repeated header's values are joined by commas
 * @param sourceIp of the client as the gateway saw it, never from a header
 * @param domainName by which the client reached the gateway, which knows its own; may be empty
 */
public record HttpCall(
    String method,
    String rawPath,
    String query,
    Map<String, String> headers,
    String sourceIp,
    String domainName,
    HttpBody body) {
  public HttpCall {
    requireNonNull(method, "method is null");
    requireNonNull(rawPath, "rawPath is null");
    requireNonNull(query, "query is null");
    headers = Map.copyOf(headers);
    requireNonNull(sourceIp, "sourceIp is null");
    requireNonNull(domainName, "domainName is null");
    requireNonNull(body, "body is null");
  }

  /** The value of a header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return method + " " + rawPath;
  }
}
