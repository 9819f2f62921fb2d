package io.narthex.local.cli.login;

/** A netrc file is not ours to write; the message says why. */
public final class RootOnlyException extends Exception {
  RootOnlyException(String message) {
    super(message);
  }
}
