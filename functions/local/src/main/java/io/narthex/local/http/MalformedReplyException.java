package io.narthex.local.http;

/** A handler's answer is none that an HTTP API takes. Its message never holds a header's value. */
final class MalformedReplyException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedReplyException(String reason) {
    super(reason);
  }

  MalformedReplyException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
