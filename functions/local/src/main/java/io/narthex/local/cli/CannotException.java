package io.narthex.local.cli;

/** A command cannot do its work; the message says why and what to do. */
final class CannotException extends RuntimeException {
  CannotException(String message) {
    super(message);
  }
}
