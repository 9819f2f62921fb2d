package io.narthex.aws.json;

import static java.util.Objects.requireNonNull;

/** A JSON document is not the event it should be. The message names the field, never a value. */
public final class MalformedEventException extends Exception {
  public MalformedEventException(String message) {
    super(requireNonNull(message, "message is null"));
  }

  public MalformedEventException(String message, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
  }
}
