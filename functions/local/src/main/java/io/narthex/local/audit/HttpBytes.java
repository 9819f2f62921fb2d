package io.narthex.local.audit;

import io.narthex.cache.store.CountedBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer. One that ends before its {@code Content-Length} fails; closing it before
 * its end gives up the connection.
 */
final class HttpBytes extends CountedBytes {
  private final long length;
  private final Runnable giveUp;
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
