package io.narthex.local.http;

import java.util.Arrays;
import java.util.Optional;

/** What the front answers by itself, in the words of API Gateway. */
enum Refusal {
  BAD_REQUEST(400, "Bad Request"),
  NOT_FOUND(404, "Not Found"),
  BODY_TOO_LARGE(413, "Request Entity Too Large"),
  MISDIRECTED(421, "Misdirected Request"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  HANDLER_FAILED(500, "Internal Server Error"),
  BUSY(503, "Service Unavailable");

  private final int status;
  private final String message;

  Refusal(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** The refusal of this status; empty if there is none. */
  static Optional<Refusal> of(int status) {
    return Arrays.stream(values()).filter(refusal -> refusal.status == status).findFirst();
  }

  int status() {
    return status;
  }

  /** The body, JSON. */
  String body() {
    return "{\"message\":\"" + message + "\"}";
  }
}
