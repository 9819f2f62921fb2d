package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a decoder reads: a buffer over the source. It remembers a failure of the source, which a
 * library would wrap or take for an end, and whether there was any byte at all.
 */
final class SourceStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream source;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int end;
  private boolean empty = true;
  private Optional<IOException> failure = Optional.empty();
  private Optional<RuntimeException> crash = Optional.empty();

  SourceStream(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return Math.max(0, end - position);
  }

  /** Whether the source had no byte. */
  boolean isEmpty() {
    return empty;
  }

  /** Throws what the source threw, if it did. */
  void rethrowFailure() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (crash.isPresent()) {
      throw crash.get();
    }
  }

  /** Whether there is a byte; once the source has ended it is not asked again. */
  private boolean fill() throws IOException {
    if (position < end) {
      return true;
    }
    if (end < 0) {
      return false;
    }
    try {
      end = source.read(buffer, 0, BUFFER);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    } catch (RuntimeException e) {
      crash = Optional.of(e);
      throw e;
    }
    position = 0;
    empty &= end <= 0;
    return end > 0;
  }
}
