package io.narthex.local.audit;

import io.narthex.cache.store.CountedBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The bytes of an answer. One that ends before its {@code Content-Length} fails, and so does one
 * that only drips into reads; closing it before its end gives up the connection. What TLS or chunks
 * hold back inside of one read is not seen to drip.
 */
final class HttpBytes extends CountedBytes {
  /** What comes at least while somebody waits for longer than {@code silence}. */
  private static final int LEAST = 1024;

  private final Duration silence;
  private final long length;
  private final Runnable giveUp;
  private boolean atEnd;
  private long waitedNanos;
  private long atLastLook;

  /**
   * @param silence when so long was waited, only the time inside of reads counted, {@value #LEAST}
   *     bytes must have come, or all
   * @param length as the answer says, or -1 if it does not
   */
  HttpBytes(InputStream in, Duration silence, long length, Runnable giveUp) {
    super(in);
    this.silence = silence;
    this.length = length;
    this.giveUp = giveUp;
  }

  @Override
  public int read(byte[] buffer, int offset, int wanted) throws IOException {
    long start = System.nanoTime();
    int got = super.read(buffer, offset, wanted);
    waitedNanos += System.nanoTime() - start;
    if (got > 0 && waitedNanos > silence.toNanos()) {
      look();
    }
    return got;
  }

  private void look() throws SocketTimeoutException {
    long came = count() - atLastLook;
    if (came < LEAST && count() != length) {
      throw new SocketTimeoutException(
          "%d bytes came in %d ms".formatted(came, Duration.ofNanos(waitedNanos).toMillis()));
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
