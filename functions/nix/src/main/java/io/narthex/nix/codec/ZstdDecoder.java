package io.narthex.nix.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Concatenated and skippable zstd frames, by libzstd.
 *
 * <p>The library's own stream takes the beginning of a frame for nothing when the source ends right
 * there; here a frame that was begun must end.
 */
final class ZstdDecoder extends InputStream {
  private static final int INPUT = 1 << 16;
  private static final int OUTPUT = 1 << 17;

  private final InputStream source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] read = new byte[INPUT];
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT).limit(0);
  private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT).limit(0);
  private boolean inFrame;

  ZstdDecoder(InputStream source, int windowLog) {
    this.source = source;
    context.setLongMax(windowLog);
  }

  @Override
  public int read() throws IOException {
    return produce() ? output.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!produce()) {
      return -1;
    }
    int count = Math.min(length, output.remaining());
    output.get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    context.close();
  }

  /** Decodes until there are decoded bytes; false at the end of the last frame. */
  private boolean produce() throws IOException {
    while (!output.hasRemaining()) {
      if (!input.hasRemaining() && !fill() && !inFrame) {
        return false;
      }
      decode();
    }
    return true;
  }

  private void decode() throws IOException {
    int before = input.remaining();
    output.clear();
    boolean frameEnded = context.decompressDirectByteBufferStream(output, input);
    output.flip();
    boolean progress = output.hasRemaining() || input.remaining() < before;
    if (frameEnded) {
      inFrame = false;
    } else if (before > 0) {
      inFrame = true;
    } else if (!progress) {
      throw new EOFException("ends within a frame");
    }
  }

  private boolean fill() throws IOException {
    int count = source.read(read, 0, INPUT);
    input.clear();
    input.put(read, 0, Math.max(0, count)).flip();
    return count > 0;
  }
}
