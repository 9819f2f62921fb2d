package io.narthex.cache.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the progress of every byte that is read; those of a reading that fails are taken back. */
final class ReadCount extends FilterInputStream {
  private final StopSignal stop;
  private final AuditProgress progress;
  private long count;

  ReadCount(InputStream in, StopSignal stop, AuditProgress progress) {
    super(in);
    this.stop = stop;
    this.progress = progress;
  }

  /** What was read so far counts for good. */
  void keep() {
    count = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    stop.check();
    int read = super.read(buffer, offset, length);
    count += Math.max(read, 0);
    progress.read(Math.max(read, 0));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The source stays its owner's to close. */
  @Override
  public void close() {
    progress.read(-count);
    count = 0;
  }
}
