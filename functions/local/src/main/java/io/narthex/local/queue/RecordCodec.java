package io.narthex.local.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of a log record: {@code length} of the payload, CRC-32C of these four bytes, CRC-32C of
 * the payload (4 bytes each, big-endian), payload. The length has its own sum so that a damaged one
 * is not taken for a record cut short, with all that follows it lost.
 */
final class RecordCodec {
  static final int HEADER_BYTES = 12;

  /** Above any payload: a body and its fixed fields. */
  static final int MAX_PAYLOAD_BYTES = Message.MAX_BODY_BYTES + 1024;

  private static final byte KEPT = 'K';
  private static final byte RECEIVED = 'R';
  private static final byte RETURNED = 'B';
  private static final byte DELETED = 'D';

  private RecordCodec() {}

  static void write(LogRecord record, OutputStream out) throws IOException {
    byte[] payload = payload(record);
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(payload.length);
    header.putInt(crc(header.array(), 4));
    header.putInt(crc(payload, payload.length));
    out.write(header.array());
    out.write(payload);
  }

  static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static byte[] payload(LogRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    switch (record) {
      case LogRecord.Kept(Message message) -> writeKept(message, out);
      case LogRecord.Received(long number, Instant at) -> {
        out.writeByte(RECEIVED);
        out.writeLong(number);
        writeInstant(at, out);
      }
      case LogRecord.Returned(long number) -> {
        out.writeByte(RETURNED);
        out.writeLong(number);
      }
      case LogRecord.Deleted(long number) -> {
        out.writeByte(DELETED);
        out.writeLong(number);
      }
    }
    return bytes.toByteArray();
  }

  private static void writeKept(Message message, DataOutputStream out) throws IOException {
    out.writeByte(KEPT);
    out.writeLong(message.number());
    out.writeLong(message.id().value().getMostSignificantBits());
    out.writeLong(message.id().value().getLeastSignificantBits());
    writeInstant(message.sent(), out);
    writeInstant(message.delayedUntil(), out);
    writeReceives(message.receives(), out);
    out.write(message.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void writeReceives(Receives receives, DataOutputStream out) throws IOException {
    out.writeInt(receives.total());
    out.writeInt(receives.interrupted());
    out.writeBoolean(receives.open());
    writeInstant(receives.first().orElse(Instant.EPOCH), out);
  }

  private static void writeInstant(Instant instant, DataOutputStream out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  /**
   * Reads a payload whose sum was right.
   *
   * @throws IOException if it is no record all the same
   */
  static LogRecord read(byte[] payload) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    byte type = in.readByte();
    return switch (type) {
      case KEPT -> new LogRecord.Kept(readKept(in));
      case RECEIVED -> new LogRecord.Received(in.readLong(), readInstant(in));
      case RETURNED -> new LogRecord.Returned(in.readLong());
      case DELETED -> new LogRecord.Deleted(in.readLong());
      default -> throw new IOException("Unknown record type " + type);
    };
  }

  private static Message readKept(DataInputStream in) throws IOException {
    long number = in.readLong();
    MessageId id = new MessageId(new UUID(in.readLong(), in.readLong()));
    Instant sent = readInstant(in);
    Instant delayedUntil = readInstant(in);
    Receives receives = readReceives(in);
    String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return new Message(number, id, sent, delayedUntil, receives, body);
  }

  private static Receives readReceives(DataInputStream in) throws IOException {
    int total = in.readInt();
    int interrupted = in.readInt();
    boolean open = in.readBoolean();
    Instant first = readInstant(in);
    return new Receives(
        total, interrupted, open, total > 0 ? Optional.of(first) : Optional.empty());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
