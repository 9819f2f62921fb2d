package io.narthex.local.cli.login;

/** A netrc file that curl would not read to its end; the message names the line. */
public final class MalformedNetrcException extends IllegalArgumentException {
  MalformedNetrcException(String message) {
    super(message);
  }
}
