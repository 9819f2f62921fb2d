package io.narthex.nix.codec;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * The bytes are not one complete stream of the compression that was asked for. Bad data, unlike
 * every other {@link IOException} of a decoder, which comes from its source.
 */
public final class CorruptStreamException extends IOException {
  private final String reason;

  /**
   * @param compression what the bytes should have been
   * @param reason what is wrong with them
   */
  public CorruptStreamException(Compression compression, String reason) {
    super(compression + ": " + reason);
    this.reason = requireNonNull(reason, "reason is null");
  }

  CorruptStreamException(Compression compression, String reason, Throwable cause) {
    this(compression, reason);
    initCause(cause);
  }

  /** What is wrong, e.g. {@code bytes after the end of the stream}. */
  public String reason() {
    return reason;
  }
}
