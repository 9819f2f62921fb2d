package io.narthex.local.http;

import static java.util.Objects.requireNonNull;

/**
 * What a {@link LocalRoute} answers.
 *
 * @param status 200 to 599
 * @param contentType value of the header, e.g. {@code text/html; charset=utf-8}
 * @param body sent as UTF-8
 */
public record LocalAnswer(int status, String contentType, String body) {
  public LocalAnswer {
    if (!ReplyStatus.isFinal(status)) {
      throw new IllegalArgumentException("no final status: " + status);
    }
    if (!HeaderSyntax.isValue(contentType)) {
      throw new IllegalArgumentException("no header value: " + contentType);
    }
    requireNonNull(body, "body is null");
  }

  /** 200 with JSON. */
  public static LocalAnswer json(String body) {
    return new LocalAnswer(200, "application/json", body);
  }

  /** Plain text, which gets an end of line. */
  public static LocalAnswer text(int status, String text) {
    return new LocalAnswer(status, "text/plain; charset=utf-8", text + "\n");
  }
}
