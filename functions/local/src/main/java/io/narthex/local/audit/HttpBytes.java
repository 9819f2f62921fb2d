package io.narthex.local.audit;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer. One that ends before its {@code Content-Length} fails; closing it before
 * its end gives up the connection.
 */
final class HttpBytes extends FilterInputStream {
  private final long length;
  private final Runnable giveUp;
  private long read;
  private boolean atEnd;

  /**
   * @param length as the answer says, or -1 if it does not
   */
  HttpBytes(InputStream in, long length, Runnable giveUp) {
    super(in);
    this.length = length;
    this.giveUp = giveUp;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    int got = super.read(buffer, offset, count);
    read += Math.max(got, 0);
    atEnd = got < 0;
    if (atEnd && length >= 0 && read != length) {
      throw new EOFException("the transfer ended after " + read + " of " + length + " bytes");
    }
    return got;
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

  @Override
  public void close() throws IOException {
    if (atEnd || read == length) {
      super.close();
    } else {
      giveUp.run();
    }
  }
}
