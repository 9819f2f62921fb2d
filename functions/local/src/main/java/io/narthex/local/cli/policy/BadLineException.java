package io.narthex.local.cli.policy;

/** A line of a batch is not what it has to be; the message says why. */
final class BadLineException extends Exception {
  BadLineException(String message) {
    super(message);
  }
}
