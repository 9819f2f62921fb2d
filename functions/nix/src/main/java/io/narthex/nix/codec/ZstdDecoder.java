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

  private final InputStream source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer input = ByteBuffer.allocate(INPUT).limit(0);
  private boolean inFrame;

  ZstdDecoder(InputStream source, int windowLog) {
    this.source = source;
    context.setLongMax(windowLog);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    ByteBuffer output = ByteBuffer.wrap(into, offset, length);
    while (output.position() == offset) {
      if (!input.hasRemaining() && !fill() && !inFrame) {
        return -1;
      }
      decode(output);
    }
    return output.position() - offset;
  }

  @Override
  public void close() {
    context.close();
  }

  private void decode(ByteBuffer output) throws IOException {
    int given = input.remaining();
    int had = output.remaining();
    boolean frameEnded = context.decompressByteBufferStream(output, input);
    if (frameEnded) {
      inFrame = false;
    } else if (given > 0) {
      inFrame = true;
    } else if (output.remaining() == had) {
      throw new EOFException("ends within a frame");
    }
  }

  private boolean fill() throws IOException {
    int count = Math.max(0, source.read(input.array(), 0, INPUT));
    input.position(0).limit(count);
    return count > 0;
  }
}
