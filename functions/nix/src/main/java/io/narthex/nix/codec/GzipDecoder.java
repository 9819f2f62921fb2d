package io.narthex.nix.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Concatenated gzip members. The JDK's own stream ignores what follows the last member and trusts
 * {@code available}; this one does neither.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipDecoder extends InputStream {
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final GzipInput input;
  private boolean inMember;

  GzipDecoder(InputStream source) {
    input = new GzipInput(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (inMember || nextMember()) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        feedInflater();
      }
    }
    return -1;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private boolean nextMember() throws IOException {
    inMember = input.readHeader();
    return inMember;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw new IOException("bad deflate data", e);
    }
  }

  private void feedInflater() throws IOException {
    if (inflater.needsDictionary()) {
      throw new IOException("needs a dictionary");
    }
    if (!input.giveTo(inflater)) {
      throw new EOFException("ends within a member");
    }
  }

  private void endMember() throws IOException {
    input.takeBack(inflater.getRemaining());
    if (input.littleEndian() != crc.getValue()) {
      throw new IOException("CRC-32 does not match");
    }
    if (input.littleEndian() != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new IOException("size does not match");
    }
    inflater.reset();
    crc.reset();
    inMember = false;
  }
}
