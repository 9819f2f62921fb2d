package io.narthex.local.audit.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** A status, and bytes with their ETag. */
final class Answer {
  private final String status;
  private final byte[] body;

  private Answer(String status, byte[] body) {
    this.status = requireNonNull(status, "status is null");
    this.body = body;
  }

  static Answer found(byte[] body) {
    return new Answer("200 OK", body.clone());
  }

  static Answer absent() {
    return new Answer("404 Not Found", error("NoSuchKey"));
  }

  static Answer failed(String status, String code) {
    return new Answer(status, error(code));
  }

  private static byte[] error(String code) {
    return ("<?xml version=\"1.0\"?><Error><Code>"
            + code
            + "</Code><Message>a test</Message></Error>")
        .getBytes(ISO_8859_1);
  }

  byte[] body() {
    return body.clone();
  }

  int length() {
    return body.length;
  }

  boolean isFound() {
    return status.startsWith("200");
  }

  /** The head of a message with this length, or in chunks. */
  byte[] head(String framing) {
    return ("HTTP/1.1 "
            + status
            + "\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nETag: \""
            + Integer.toHexString(Arrays.hashCode(body))
            + "\"\r\nLast-Modified: Sun, 29 Nov 2026 05:00:00 GMT\r\n"
            + framing
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  byte[] head() {
    return head("Content-Length: " + body.length);
  }
}
