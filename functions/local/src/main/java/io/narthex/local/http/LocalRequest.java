package io.narthex.local.http;

import static java.util.Objects.requireNonNull;

/**
 * A request to a {@link LocalRoute}.
 *
 * @param path decoded, the prefix included
 * @param query behind the question mark, not decoded; may be empty
 * @param body as UTF-8, at most {@link #MAX_BODY} bytes; may be empty
 */
public record LocalRequest(String method, String path, String query, String body) {
  /** How many bytes a body may have. */
  public static final int MAX_BODY = 128 * 1024;

  public LocalRequest {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(query, "query is null");
    requireNonNull(body, "body is null");
  }

  /** A request without a body. */
  public LocalRequest(String method, String path, String query) {
    this(method, path, query, "");
  }
}
