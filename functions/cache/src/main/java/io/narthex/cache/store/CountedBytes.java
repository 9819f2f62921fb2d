package io.narthex.cache.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way, counted, so that at their end it can be told whether all of them came. */
public abstract class CountedBytes extends FilterInputStream {
  private long count;

  protected CountedBytes(InputStream in) {
    super(in);
  }

  /** How many have come so far. */
  protected final long count() {
    return count;
  }

  /**
   * The end was reached.
   *
   * @throws IOException if it is not the end of what was asked for
   */
  protected abstract void ended() throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int got = super.read(buffer, offset, length);
    if (got < 0) {
      ended();
    } else {
      count += got;
    }
    return got;
  }

  @Override
  public final long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count += skipped;
    return skipped;
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
