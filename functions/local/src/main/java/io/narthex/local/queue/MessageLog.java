package io.narthex.local.queue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The file a queue lives in: records are appended, and now and then the file is replaced by one
 * with only the messages there are. Not thread-safe. Written through {@link RandomAccessFile}, for
 * a channel would be closed by the interrupt of any thread that sends.
 */
final class MessageLog implements AutoCloseable {
  private static final String NAME = "messages.log";
  private static final long MIN_COMPACTION_BYTES = 1 << 20;

  private final Path file;
  private RandomAccessFile out;
  private long length;
  private long compactAt;
  private boolean broken;
  private Optional<IOException> compactionFailure = Optional.empty();

  private MessageLog(Path file, long length) throws IOException {
    this.file = file;
    this.length = length;
    this.out = openAt(file, length);
    compactAt = MIN_COMPACTION_BYTES;
  }

  /** A log that takes over from what {@code reader} has read. */
  static MessageLog after(LogReader reader, Path directory) throws IOException {
    return new MessageLog(directory.resolve(NAME), reader.length());
  }

  /** Reads the log of a directory, which is made if there is none. */
  static LogReader read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    Files.deleteIfExists(temporary(file));
    if (Files.notExists(file)) {
      write(temporary(file), List.of());
      Files.move(temporary(file), file, StandardCopyOption.ATOMIC_MOVE);
    }
    return LogReader.read(file);
  }

  /**
   * Appends all records in one write. When this returns they outlive the process; when it throws,
   * none of them happened; when the process dies in it, some first ones of them may have.
   */
  void append(Collection<? extends LogRecord> records) {
    if (broken) {
      throw new IllegalStateException(file + " could not be repaired after a failed write");
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (LogRecord record : records) {
        RecordCodec.write(record, bytes);
      }
      out.write(bytes.toByteArray());
      length += bytes.size();
    } catch (IOException e) {
      takeBack(e);
      compactionFailure.ifPresent(e::addSuppressed);
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Half a record in the middle of a log would be corruption. */
  private void takeBack(IOException cause) {
    try {
      out.setLength(length);
      out.seek(length);
    } catch (IOException e) {
      broken = true;
      cause.addSuppressed(e);
    }
  }

  /** Whether the log has at least doubled since it was last compacted. */
  boolean isDueForCompaction() {
    return length >= compactAt;
  }

  /**
   * Replaces the log by one of these messages. Stopped anywhere, either the old file or the new one
   * is there whole; for the same reason a failure is harmless, and it is tried again later.
   */
  void compact(Collection<Message> messages) {
    Path next = temporary(file);
    try {
      write(next, messages);
      long nextLength = Files.size(next);
      // Opened before the rename: afterwards nothing may fail, for the open file would be no log.
      RandomAccessFile nextOut = openAt(next, nextLength);
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        nextOut.close();
        throw e;
      }
      RandomAccessFile previous = out;
      out = nextOut;
      length = nextLength;
      previous.close();
    } catch (IOException e) {
      compactionFailure = Optional.of(e);
    }
    compactAt = MIN_COMPACTION_BYTES + 2 * length;
  }

  private static void write(Path file, Collection<Message> messages) throws IOException {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      to.write(LogReader.magic());
      for (Message message : messages) {
        RecordCodec.write(new LogRecord.Kept(message), to);
      }
    }
  }

  private static RandomAccessFile openAt(Path file, long length) throws IOException {
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    try {
      opened.setLength(length);
      opened.seek(length);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(NAME + ".new");
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
