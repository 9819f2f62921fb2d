package io.narthex.cache.login;

/** STS could not be asked; the same request may succeed later. */
public final class StsUnavailableException extends RuntimeException {
  /** With what happened, which never holds a part of the request. */
  public StsUnavailableException(String message) {
    super(message);
  }

  /** With what it comes from. */
  public StsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
