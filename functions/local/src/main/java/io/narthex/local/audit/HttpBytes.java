package io.narthex.local.audit;

import io.narthex.cache.store.CountedBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The bytes of an answer. One that ends before its {@code Content-Length} fails, and so does one
 * that only drips; closing it before its end gives up the connection.
 */
final class HttpBytes extends CountedBytes {
  /** What comes at least while somebody waits for {@code patience}. */
  private static final int LEAST = 1024;

  private final Duration patience;
  private final long length;
  private final Runnable giveUp;
  private boolean atEnd;
  private long waitedNanos;
  private long atLastLook;

  /**
   * @param patience how long may be waited for the next {@value #LEAST} bytes; only the time inside
   *     of reads counts
   * @param length as the answer says, or -1 if it does not
   */
  HttpBytes(InputStream in, Duration patience, long length, Runnable giveUp) {
    super(in);
    this.patience = patience;
    this.length = length;
    this.giveUp = giveUp;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long start = System.nanoTime();
    int got = super.read(buffer, offset, length);
    waitedNanos += System.nanoTime() - start;
    if (got > 0 && waitedNanos > patience.toNanos()) {
      look();
    }
    return got;
  }

  private void look() throws SocketTimeoutException {
    long came = count() - atLastLook;
    if (came < LEAST) {
      throw new SocketTimeoutException(came + " bytes came in " + patience.toMillis() + " ms");
    }
    atLastLook = count();
    waitedNanos = 0;
  }

  @Override
  protected void ended() throws EOFException {
    atEnd = true;
    if (length >= 0 && count() != length) {
      throw new EOFException("the transfer ended after " + count() + " of " + length + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    if (atEnd || count() == length) {
      super.close();
    } else {
      giveUp.run();
    }
  }
}
