package io.narthex.local.http;

import static java.util.Objects.requireNonNull;

/**
 * A request to a {@link LocalRoute}.
 *
 * @param path decoded, the prefix included
 * @param query behind the question mark, not decoded; may be empty
 */
public record LocalRequest(String method, String path, String query) {
  public LocalRequest {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(query, "query is null");
  }
}
