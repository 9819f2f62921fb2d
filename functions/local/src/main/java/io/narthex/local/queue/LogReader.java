package io.narthex.local.queue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a log from its beginning to the end of its last whole record. What a dying process wrote of
 * a record is left out: its sender never had an answer.
 */
final class LogReader {
  private static final byte[] MAGIC = "narthex queue log 2\n".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final LogContents contents = new LogContents();
  private long offset;

  private LogReader(Path file) {
    this.file = file;
  }

  /** The first bytes of every log. */
  static byte[] magic() {
    return MAGIC.clone();
  }

  /**
   * Reads a file.
   *
   * @throws CorruptQueueException if it is not a log, or was damaged before its last record
   */
  static LogReader read(Path file) throws IOException {
    LogReader reader = new LogReader(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      reader.readAll(new DataInputStream(in), Files.size(file));
    }
    return reader;
  }

  /** What the log comes to. */
  LogContents contents() {
    return contents;
  }

  /** Bytes up to the end of the last whole record. */
  long length() {
    return offset;
  }

  private void readAll(DataInputStream in, long size) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw corrupt("not a queue log of version 2");
    }
    offset = MAGIC.length;
    while (size - offset >= RecordCodec.HEADER_BYTES) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(RecordCodec.HEADER_BYTES));
      int length = header.getInt();
      if (header.getInt() != RecordCodec.crc(header.array(), 4)) {
        requireBlank(header.array(), in);
        return;
      }
      requireLength(length);
      long end = offset + RecordCodec.HEADER_BYTES + length;
      byte[] payload = in.readNBytes(length);
      boolean whole = payload.length == length && header.getInt() == crc(payload);
      if (!whole && end < size) {
        throw corrupt("checksum of the record is wrong, and more records follow");
      }
      if (!whole) {
        return;
      }
      apply(payload);
      offset = end;
    }
  }

  private static int crc(byte[] payload) {
    return RecordCodec.crc(payload, payload.length);
  }

  private void requireLength(int length) {
    if (length < 1 || length > RecordCodec.MAX_PAYLOAD_BYTES) {
      throw corrupt("record of " + length + " bytes");
    }
  }

  /** After a power failure a file may end in zeros where the last records were to be. */
  private void requireBlank(byte[] header, InputStream rest) throws IOException {
    byte[] bytes = header;
    while (bytes.length > 0) {
      for (byte b : bytes) {
        if (b != 0) {
          throw corrupt("checksum of the record's length is wrong");
        }
      }
      bytes = rest.readNBytes(1 << 16);
    }
  }

  private void apply(byte[] payload) {
    try {
      contents.apply(RecordCodec.read(payload));
    } catch (IOException | IllegalArgumentException e) {
      CorruptQueueException corrupt = corrupt(String.valueOf(e.getMessage()));
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private CorruptQueueException corrupt(String reason) {
    return new CorruptQueueException(file, offset, reason);
  }
}
