package io.narthex.nix.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * One brotli stream, by Google's decoder. Brotli has no concatenation, and its decoder reads ahead
 * in blocks of 4 KiB and says nothing of bytes that follow the stream in the last block when that
 * block is full; so the decoder is asked how much of it was left.
 */
final class BrotliDecoder extends FilterInputStream {
  /** The largest window, and while it grows the one before. */
  static final long MEMORY = 25 << 20;

  private final BrotliInputStream brotli;

  private BrotliDecoder(BrotliInputStream brotli) {
    super(brotli);
    this.brotli = brotli;
  }

  static InputStream open(InputStream source) throws IOException {
    return new BrotliDecoder(new BrotliInputStream(new OpenEndedStream(source)));
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count < 0 && BrotliTail.isUnread(brotli)) {
      throw new IOException("bytes after the end of the stream");
    }
    return count;
  }
}
