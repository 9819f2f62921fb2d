package io.narthex.nix.nar;

/** The bytes are not a link to debug information. The message says what is wrong. */
public final class MalformedDebugInfoLinkException extends Exception {
  /** A link that is wrong for this reason. */
  public MalformedDebugInfoLinkException(String reason) {
    super(reason);
  }

  MalformedDebugInfoLinkException(String reason, Exception cause) {
    super(reason, cause);
  }
}
