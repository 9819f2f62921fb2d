package io.narthex.aws.oidc;

/** An issuer does not tell its keys; the message says why, for the log. */
final class IssuerException extends Exception {
  IssuerException(String message) {
    super(message);
  }

  IssuerException(String message, Throwable cause) {
    super(message, cause);
  }
}
