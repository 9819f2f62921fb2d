package io.narthex.aws.stack;

/** A stack cannot be asked: there is none of that name, or AWS refused; the message says it. */
public final class StackException extends RuntimeException {
  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
