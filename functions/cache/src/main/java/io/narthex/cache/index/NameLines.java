package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Goes through the lines of a {@link NameFile} as bytes. */
final class NameLines {
  private static final int BUFFER = 64 << 10;

  /** No partition has more paths than this: S3's largest object has 5 TB. */
  private static final long MOST = 1L << 40;

  private final InputStream text;
  private byte[] buffer = new byte[BUFFER];
  private int filled;
  private int name;
  private int end = -1;
  private long count;
  private long first;

  /** The text, not compressed any more. */
  NameLines(InputStream text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** Goes to the next line; false after the last. */
  boolean next() throws IOException, MalformedIndexException {
    first += count;
    int start = end + 1;
    int newline = newline(start);
    while (newline < 0) {
      if (!fill(start)) {
        return false;
      }
      start = 0;
      newline = newline(start);
    }
    end = newline;
    readCount(start);
    return true;
  }

  private int newline(int from) {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Reads on, and forgets what is before the line. */
  private boolean fill(int start) throws IOException, MalformedIndexException {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    end = -1;
    if (filled == buffer.length) {
      throw new MalformedIndexException("a line of names does not end");
    }
    int read = text.read(buffer, filled, buffer.length - filled);
    if (read < 0 && filled > 0) {
      throw new MalformedIndexException("the last line of names does not end");
    }
    filled += Math.max(read, 0);
    return read >= 0;
  }

  private void readCount(int start) throws MalformedIndexException {
    count = 0;
    int at = start;
    while (at < end && buffer[at] >= '0' && buffer[at] <= '9' && count <= MOST) {
      count = 10 * count + (buffer[at] - '0');
      at++;
    }
    if (at >= end || buffer[at] != ' ' || count < 1 || count > MOST - first) {
      throw new MalformedIndexException("no line of names");
    }
    name = at + 1;
  }

  /** How many paths have the name. */
  long count() {
    return count;
  }

  /** The number of the first hash of them. */
  long first() {
    return first;
  }

  /**
   * Where a text begins in the name, 0 at its beginning; -1 if it does not occur.
   *
   * @param lowerCase the text, with no upper case in it; those of the name count as lower case
   */
  int indexOf(byte[] lowerCase) {
    int last = end - lowerCase.length;
    for (int i = name; i <= last; i++) {
      if (matches(lowerCase, i)) {
        return i - name;
      }
    }
    return -1;
  }

  private boolean matches(byte[] lowerCase, int at) {
    for (int i = 0; i < lowerCase.length; i++) {
      byte letter = buffer[at + i];
      int lower = letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
      if (lower != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** The name. */
  String name() throws MalformedIndexException {
    try {
      return new StorePathName(new String(Arrays.copyOfRange(buffer, name, end), US_ASCII)).name();
    } catch (IllegalArgumentException e) {
      throw new MalformedIndexException(String.valueOf(e.getMessage()), e);
    }
  }
}
