package io.narthex.local.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** An event or an answer as it is written, and then read, without a copy between. */
final class MessageBytes extends ByteArrayOutputStream {
  private static final int USUAL_SIZE = 2048;

  MessageBytes() {
    super(USUAL_SIZE);
  }

  /** What has been written. */
  synchronized InputStream open() {
    return new ByteArrayInputStream(buf, 0, count);
  }
}
