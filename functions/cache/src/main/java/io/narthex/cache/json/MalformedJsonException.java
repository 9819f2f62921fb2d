package io.narthex.cache.json;

/** A JSON document that is not what it should be; the message names the field. */
public final class MalformedJsonException extends Exception {
  public MalformedJsonException(String message) {
    super(message);
  }

  MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
