package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Concatenated bzip2 streams, by commons-compress; bytes after the last are an error there. */
final class Bzip2Decoder {
  /** Five bytes for each of the largest block. */
  static final long MEMORY = 5 << 20;

  private Bzip2Decoder() {}

  static InputStream open(InputStream source) throws IOException {
    return new BZip2CompressorInputStream(new OpenEndedStream(source), true);
  }
}
