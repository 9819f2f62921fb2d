package io.narthex.nix.nar;

/** The bytes are not a listing of an archive. The message says what is wrong. */
public final class MalformedListingException extends Exception {
  /** A listing that is wrong for this reason. */
  public MalformedListingException(String reason) {
    super(reason);
  }

  MalformedListingException(String reason, Exception cause) {
    super(reason, cause);
  }
}
