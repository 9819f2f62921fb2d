package io.narthex.cache.read;

/** A question whose parameters say nothing, with a message for who asked. */
final class MalformedQuestionException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedQuestionException(String message) {
    super(message);
  }
}
