package io.narthex.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The file behind a queue: records appended, each {@code length:4 crc32:4 bytes}. A record that is
 * in the file when the process dies stays; one that was being written is cut off at the next start.
 * Not flushed to the disk: a power failure may take the last records.
 */
final class QueueLog implements AutoCloseable {
  private static final int HEADER = 8;

  private final Path file;
  private final FileChannel lockFile;
  private FileChannel channel;

  private QueueLog(Path file, FileChannel lockFile, FileChannel channel) {
    this.file = file;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Opens the log in a directory, creating both.
   *
   * @throws IllegalStateException if another process has it open
   */
  static QueueLog open(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel lockFile = lock(directory.resolve("lock"));
      Path file = directory.resolve("log");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new QueueLog(file, lockFile, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // held for as long as the queue is open
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it: the same refusal.
    }
    channel.close();
    throw new IllegalStateException("another process is using " + path.getParent());
  }

  /** All whole records, in their order; what follows the last one is cut off. */
  List<String> read() {
    try {
      var records = new ArrayList<String>();
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      int end = 0;
      while (content.remaining() >= HEADER) {
        int length = content.getInt();
        int crc = content.getInt();
        if (length < 0 || length > content.remaining()) {
          break;
        }
        byte[] bytes = new byte[length];
        content.get(bytes);
        if (crc(bytes) != crc) {
          break;
        }
        records.add(new String(bytes, UTF_8));
        end = content.position();
      }
      channel.truncate(end);
      channel.position(end);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends records in one write. When it returns they survive the process. */
  void append(List<String> records) {
    try {
      write(channel, records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the log. */
  long size() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts these records in the place of all others, at once or not at all. */
  void replace(List<String> records) {
    Path next = file.resolveSibling("log.next");
    try {
      FileChannel fresh =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      write(fresh, records);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      channel.close();
      channel = fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FileChannel channel, List<String> records) throws IOException {
    List<byte[]> encoded = records.stream().map(record -> record.getBytes(UTF_8)).toList();
    int size = encoded.stream().mapToInt(bytes -> HEADER + bytes.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size);
    encoded.forEach(bytes -> buffer.putInt(bytes.length).putInt(crc(bytes)).put(bytes));
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static int crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      channel.close();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
