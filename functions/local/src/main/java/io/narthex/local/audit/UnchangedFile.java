package io.narthex.local.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, which fail at their end if it has changed since it was opened. */
final class UnchangedFile extends FilterInputStream {
  private final long size;
  private final Check isUnchanged;
  private long read;

  /** Looks at the file again. */
  @FunctionalInterface
  interface Check {
    boolean holds() throws IOException;
  }

  UnchangedFile(InputStream in, long size, Check isUnchanged) {
    super(in);
    this.size = size;
    this.isUnchanged = isUnchanged;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    read += Math.max(count, 0);
    if (count < 0 && (read != size || !isUnchanged.holds())) {
      throw new IOException("it changed while it was read");
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    read += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
