package io.narthex.nix.codec;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Passes everything on but the close. */
final class OpenEndedStream extends FilterInputStream {
  OpenEndedStream(InputStream source) {
    super(source);
  }

  @Override
  public void close() {
    // The source belongs to its opener.
  }
}
