package io.narthex.validate;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts bytes as they are read. What is taken from it belongs to one look only where one key is
 * looked at at a time, as Lambda has it.
 */
public final class ReadMeter {
  private final AtomicLong bytes = new AtomicLong();

  /** How many were read since it was asked last. */
  long take() {
    return bytes.getAndSet(0);
  }

  /** The same stream, counted. */
  InputStream over(InputStream stream) {
    return new Counted(stream);
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      bytes.addAndGet(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      bytes.addAndGet(Math.max(read, 0));
      return read;
    }
  }
}
