package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

/**
 * One request to the reading door, as it came.
 *
 * @param method any HTTP method; only GET and HEAD are answered
 * @param rawPath percent-encoded, from its first slash, without the query
 */
public record ReadRequest(String method, String rawPath, Caller caller) {
  public ReadRequest {
    requireNonNull(method, "method is null");
    requireNonNull(rawPath, "rawPath is null");
    requireNonNull(caller, "caller is null");
  }

  boolean isRead() {
    return method.equals("GET") || isHead();
  }

  boolean isHead() {
    return method.equals("HEAD");
  }
}
