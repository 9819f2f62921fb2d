package io.narthex.local.http;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A handler's answer as it comes, up to the 6 MB that Lambda returns.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quotas of
 *     Lambda, invocation payload</a>
 */
final class ReplyBytes extends OutputStream {
  private static final int LIMIT = 6 * 1024 * 1024;

  private final MessageBytes bytes = new MessageBytes();
  private boolean tooLong;

  @Override
  public void write(int b) {
    if (hasRoom(1)) {
      bytes.write(b);
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (hasRoom(length)) {
      bytes.write(source, offset, length);
    }
  }

  private boolean hasRoom(int more) {
    tooLong = tooLong || more > LIMIT - bytes.size();
    return !tooLong;
  }

  /**
   * What has been written.
   *
   * @throws MalformedReplyException if it was more than Lambda returns
   */
  InputStream open() throws MalformedReplyException {
    if (tooLong) {
      throw new MalformedReplyException("answer: expected at most " + LIMIT + " bytes");
    }
    return bytes.open();
  }

  /** All of it as it is, for an answer that is itself the body. */
  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
