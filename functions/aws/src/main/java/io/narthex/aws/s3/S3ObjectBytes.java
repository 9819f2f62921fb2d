package io.narthex.aws.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an object on their way. A transfer that breaks off is an {@link IOException} and
 * never looks like a shorter object (the JDK's HTTP client does not tell the two apart); closing it
 * early ends the connection in place of reading the rest.
 */
final class S3ObjectBytes extends FilterInputStream {
  private final long size;
  private final Runnable abort;
  private long read;

  S3ObjectBytes(InputStream in, long size, Runnable abort) {
    super(in);
    this.size = size;
    this.abort = abort;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = super.read(buffer, offset, length);
      if (count < 0 && read < size) {
        throw new EOFException("transfer ended after %d of %d bytes".formatted(read, size));
      }
      read += Math.max(count, 0);
      return count;
    } catch (SdkException e) {
      throw new IOException(e);
    }
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
    if (read < size) {
      abort.run();
    }
    super.close();
  }
}
