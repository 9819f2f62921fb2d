package io.narthex.nix.codec;

import static java.util.Objects.requireNonNull;

/** A compression that Nix knows and we cannot decode or encode. */
public final class UnsupportedCompressionException extends Exception {
  private final Compression compression;

  UnsupportedCompressionException(Compression compression, String action) {
    super("cannot " + action + " compression '" + compression + "'");
    this.compression = requireNonNull(compression, "compression is null");
  }

  /** The compression that is not supported. */
  public Compression compression() {
    return compression;
  }
}
