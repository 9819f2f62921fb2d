package io.narthex.local.http;

import java.util.Arrays;

/** What the front answers by itself, in the words of API Gateway. */
enum Refusal {
  BAD_REQUEST(400, "Bad Request"),
  NOT_FOUND(404, "Not Found"),
  BODY_TOO_LARGE(413, "Request Entity Too Large"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  HANDLER_FAILED(500, "Internal Server Error"),
  BUSY(503, "Service Unavailable");

  private static final int FIRST_SERVER_ERROR = 500;

  private final int status;
  private final String message;

  Refusal(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** For a request that Jetty refuses: the same status where it has one, else its class. */
  static Refusal of(int status) {
    return Arrays.stream(values())
        .filter(refusal -> refusal.status == status)
        .findFirst()
        .orElse(status >= FIRST_SERVER_ERROR ? HANDLER_FAILED : BAD_REQUEST);
  }

  int status() {
    return status;
  }

  /** The body, JSON. */
  String body() {
    return "{\"message\":\"" + message + "\"}";
  }
}
