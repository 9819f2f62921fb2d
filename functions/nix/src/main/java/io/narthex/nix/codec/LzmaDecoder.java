package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Concatenated and padded xz streams, by liblzma, which verifies checks and index. */
final class LzmaDecoder extends InputStream {
  private final InputStream source;
  private final Consumer<LzmaStream> giveBack;
  private final byte[] buffer = new byte[LzmaStream.INPUT];

  /** Nothing once it is closed: memory that was given back is not touched. */
  private @Nullable LzmaStream stream;

  /**
   * @param giveBack takes the stream when this is closed
   */
  LzmaDecoder(InputStream source, LzmaStream stream, Consumer<LzmaStream> giveBack) {
    this.source = source;
    this.stream = stream;
    this.giveBack = giveBack;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    LzmaStream open = stream;
    if (open == null) {
      throw new IOException("closed");
    }
    if (length == 0) {
      return 0;
    }
    int count = open.take(into, offset, length);
    while (count == 0 && !open.hasEnded()) {
      if (open.needsInput()) {
        open.give(buffer, source.read(buffer, 0, buffer.length));
      }
      open.decode();
      count = open.take(into, offset, length);
    }
    return count == 0 ? -1 : count;
  }

  @Override
  public void close() {
    LzmaStream open = stream;
    if (open != null) {
      stream = null;
      giveBack.accept(open);
    }
  }
}
