package io.narthex.nix.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** The compressed side of {@link GzipDecoder}: headers and trailers, and input for the inflater. */
final class GzipInput {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;

  private final InputStream source;
  private final byte[] buffer = new byte[BUFFER];
  private final CRC32 headerCrc = new CRC32();
  private int position;
  private int end;

  GzipInput(InputStream source) {
    this.source = source;
  }

  /** Reads the header of the next member; false when the source ended before it. */
  boolean readHeader() throws IOException {
    if (!fill()) {
      return false;
    }
    headerCrc.reset();
    if (littleEndian(2) != MAGIC) {
      throw new IOException("no gzip header");
    }
    if (next() != DEFLATE) {
      throw new IOException("gzip member not compressed by deflate");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new IOException("reserved flags in gzip header");
    }
    skip(6); // modification time, extra flags, operating system
    skipOptionalFields(flags);
    return true;
  }

  private void skipOptionalFields(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      skip(littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      long expected = headerCrc.getValue() & 0xffff;
      if (littleEndian(2) != expected) {
        throw new IOException("header CRC does not match");
      }
    }
  }

  /** Gives the inflater what is buffered; false when the source has ended. */
  boolean giveTo(Inflater inflater) throws IOException {
    if (!fill()) {
      return false;
    }
    inflater.setInput(buffer, position, end - position);
    position = end;
    return true;
  }

  /** Takes back the last bytes that the inflater was given and did not need. */
  void takeBack(int count) {
    position = end - count;
  }

  /** Reads four bytes as an unsigned number. */
  long littleEndian() throws IOException {
    return littleEndian(4);
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private void skip(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Neither the name nor the comment says anything to us.
    }
  }

  private int next() throws IOException {
    if (!fill()) {
      throw new EOFException("ends within a gzip header or trailer");
    }
    int value = buffer[position++] & 0xff;
    headerCrc.update(value);
    return value;
  }

  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, source.read(buffer, 0, BUFFER));
    }
    return position < end;
  }
}
