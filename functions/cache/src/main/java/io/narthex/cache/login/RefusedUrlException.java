package io.narthex.cache.login;

/**
 * A URL is not a presigned {@code GetCallerIdentity} for us; the message says why, for its sender.
 */
public final class RefusedUrlException extends Exception {
  RefusedUrlException(String reason) {
    super(reason);
  }
}
