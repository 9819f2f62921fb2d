package io.narthex.cache.index;

/** An object of the index is not what we write: damaged, or of a newer version. */
public final class MalformedIndexException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedIndexException(String message) {
    super(message);
  }

  MalformedIndexException(String message, Throwable cause) {
    super(message, cause);
  }
}
