package io.narthex.nix.nar;

/** The bytes are not a Nix archive. The message says where and why. */
public final class MalformedNarException extends Exception {
  private final long offset;
  private final String reason;

  /**
   * @param offset how many bytes of the archive were read when the fault was seen
   * @param reason what was expected and what was there
   */
  public MalformedNarException(long offset, String reason) {
    super("byte " + offset + ": " + reason);
    this.offset = offset;
    this.reason = reason;
  }

  /** How many bytes of the archive were read when the fault was seen. */
  public long offset() {
    return offset;
  }

  /** What was expected and what was there, e.g. {@code expected tag 'contents', got 'type'}. */
  public String reason() {
    return reason;
  }
}
