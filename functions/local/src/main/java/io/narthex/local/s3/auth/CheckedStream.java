package io.narthex.local.s3.auth;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that looks at what passes, and judges it when the end is reached. */
abstract class CheckedStream extends FilterInputStream {
  CheckedStream(InputStream in) {
    super(in);
  }

  /** Bytes that were read. */
  abstract void take(byte[] buffer, int offset, int length);

  /** The end was reached; refuses what is wrong with all that came before. */
  abstract void end() throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0) {
      end();
    } else {
      take(buffer, offset, read);
    }
    return read;
  }

  @Override
  public final long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
