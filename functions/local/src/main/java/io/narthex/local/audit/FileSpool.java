package io.narthex.local.audit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.narthex.cache.audit.Spool;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/** Records in a file, each behind its length; the last ones are in memory until they are many. */
final class FileSpool implements Spool {
  private static final int BUFFER = 1 << 18;
  private static final int MOST_FIRST = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final boolean isKept;
  private long written;

  private FileSpool(FileChannel channel, boolean isKept, long written) {
    this.channel = channel;
    this.isKept = isKept;
    this.written = written;
  }

  /** In an empty file, which it closes. */
  static FileSpool of(FileChannel channel) {
    return new FileSpool(channel, false, 0);
  }

  /**
   * In a file that stays, with the records that are in it; made if it is not there. What was cut
   * off at its end is gone. Each record is written at once.
   *
   * @param first what its first record is, if it has any
   * @param other what a file is with this first record, or with none, for people
   * @throws IllegalStateException if another process has it open, or if it begins otherwise; it
   *     stays as it is then
   */
  static FileSpool kept(Path file, byte[] first, Function<byte[], String> other) {
    try {
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new IllegalStateException("another audit uses " + file);
      }
      FileSpool spool = new FileSpool(channel, true, channel.size());
      if (!spool.beginsWith(first)) {
        String is = other.apply(spool.first());
        channel.close();
        throw new IllegalStateException(file + " is " + is);
      }
      spool.cut();
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean beginsWith(byte[] record) {
    byte[] wanted =
        ByteBuffer.allocate(Integer.BYTES + record.length)
            .putInt(record.length)
            .put(record)
            .array();
    byte[] found = new byte[(int) Math.min(written, wanted.length)];
    read(ByteBuffer.wrap(found), 0);
    return Arrays.equals(found, 0, found.length, wanted, 0, found.length);
  }

  /** Its first record, if that is whole and not large. */
  private byte[] first() {
    int length = written < Integer.BYTES ? 0 : length(0);
    boolean isWhole = length > 0 && length <= MOST_FIRST && Integer.BYTES + length <= written;
    return isWhole ? read(0) : new byte[0];
  }

  private void cut() throws IOException {
    long end = 0;
    while (end + Integer.BYTES <= written) {
      int length = length(end);
      if (length < 0 || end + Integer.BYTES + length > written) {
        break;
      }
      end += Integer.BYTES + length;
    }
    channel.truncate(end);
    written = end;
  }

  @Override
  public synchronized long append(byte[] bytes) {
    long at = written + buffer.position();
    if (buffer.remaining() < Integer.BYTES + bytes.length) {
      flush();
    }
    if (buffer.capacity() < Integer.BYTES + bytes.length) {
      buffer.putInt(bytes.length);
      flush();
      write(ByteBuffer.wrap(bytes));
    } else {
      buffer.putInt(bytes.length).put(bytes);
    }
    if (isKept) {
      flush();
    }
    return at;
  }

  @Override
  public byte[] read(long at) {
    byte[] bytes = new byte[length(at)];
    read(ByteBuffer.wrap(bytes), at + Integer.BYTES);
    return bytes;
  }

  /** Reads a buffer at a time, not a record. */
  @Override
  public void forEach(Visitor visitor) {
    long end = end();
    ByteBuffer ahead = ByteBuffer.allocate(BUFFER).limit(0);
    for (long at = 0; at < end; ) {
      fill(ahead, at, Integer.BYTES, end);
      byte[] record = new byte[ahead.getInt()];
      if (record.length <= BUFFER) {
        fill(ahead, at + Integer.BYTES, record.length, end);
        ahead.get(record);
      } else {
        read(ByteBuffer.wrap(record), at + Integer.BYTES);
        ahead.position(ahead.limit());
      }
      visitor.visit(at, record);
      at += Integer.BYTES + record.length;
    }
  }

  /** Has at least so many bytes of what begins at a place in the buffer. */
  private void fill(ByteBuffer ahead, long at, int wanted, long end) {
    if (ahead.remaining() < wanted) {
      ahead.clear().limit((int) Math.min(BUFFER, end - at));
      read(ahead, at);
      ahead.flip();
    }
  }

  @Override
  public long next(long at) {
    return at + Integer.BYTES + length(at);
  }

  private int length(long at) {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    read(length, at);
    return length.getInt(0);
  }

  @Override
  public synchronized long end() {
    return written + buffer.position();
  }

  @Override
  public synchronized void close() {
    if (!channel.isOpen()) {
      return;
    }
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(ByteBuffer into, long at) {
    synchronized (this) {
      if (at + into.remaining() > written) {
        flush();
      }
    }
    try {
      long from = at;
      while (into.hasRemaining()) {
        int count = channel.read(into, from);
        if (count < 0) {
          throw new EOFException("no record at " + at);
        }
        from += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flush() {
    buffer.flip();
    write(buffer);
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        written += channel.write(bytes, written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
