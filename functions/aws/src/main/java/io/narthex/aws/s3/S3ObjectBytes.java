package io.narthex.aws.s3;

import io.narthex.cache.store.CountedBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an object on their way. A transfer that breaks off is an {@link IOException} and
 * never looks like a shorter object (the JDK's HTTP client does not tell the two apart); closing it
 * early ends the connection in place of reading the rest.
 */
final class S3ObjectBytes extends CountedBytes {
  private final long size;
  private final Runnable abort;

  S3ObjectBytes(InputStream in, long size, Runnable abort) {
    super(in);
    this.size = size;
    this.abort = abort;
  }

  @Override
  protected void ended() throws EOFException {
    if (count() < size) {
      throw new EOFException("transfer ended after %d of %d bytes".formatted(count(), size));
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (SdkException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (count() < size) {
      abort.run();
    }
    super.close();
  }
}
