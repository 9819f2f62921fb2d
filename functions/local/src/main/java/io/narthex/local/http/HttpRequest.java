package io.narthex.local.http;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A request as the front took it in, without its body.
 *
 * @param path decoded: {@link EventPath}
 * @param query behind the question mark, not decoded; may be empty
 * @param protocol e.g. {@code HTTP/1.1}
 * @param id of the request, unique in this host
 */
record HttpRequest(
    String method,
    String path,
    String query,
    String protocol,
    EventHeaders headers,
    String sourceIp,
    String id,
    Instant time) {
  HttpRequest {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(query, "query is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(headers, "headers is null");
    requireNonNull(sourceIp, "sourceIp is null");
    requireNonNull(id, "id is null");
    requireNonNull(time, "time is null");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
