package io.narthex.nix.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;

/** Encoded and broken streams for the tests of this package. */
final class CodecStreams {
  /** Compressible here, not there, longer than every buffer. */
  static final byte[] TEXT = text(300_000);

  private CodecStreams() {}

  static void assertCorrupt(Compression codec, byte[] encoded) {
    assertThatThrownBy(() -> decode(codec, encoded)).isInstanceOf(CorruptStreamException.class);
  }

  static byte[] decode(Compression codec, byte[] encoded) throws Exception {
    try (InputStream in = Decoders.open(codec, new ByteArrayInputStream(encoded))) {
      return in.readAllBytes();
    }
  }

  static void drain(Compression codec, InputStream source) throws Exception {
    try (InputStream in = Decoders.open(codec, source)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  static byte[] encode(Compression codec, byte[] bytes) throws Exception {
    if (codec == Compression.BR) {
      return StoredBrotli.encode(bytes);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(codec, out)) {
      encoder.write(bytes);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    new Random(1).nextBytes(text);
    Arrays.fill(text, length / 4, length / 2, (byte) 'x');
    return text;
  }

  /** Gives so many bytes and then throws, one byte a read. */
  static InputStream failing(byte[] bytes, int good, Exception failure) {
    return new InputStream() {
      private int position;

      @Override
      public int read() throws IOException {
        if (position < good) {
          return bytes[position++] & 0xff;
        }
        if (failure instanceof IOException e) {
          throw e;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        into[offset] = (byte) read();
        return 1;
      }
    };
  }

  /** The same bytes over and over. */
  static final class Endless extends InputStream {
    private final byte[] bytes;
    private long given;

    Endless(byte[] bytes) {
      this.bytes = bytes;
    }

    long given() {
      return given;
    }

    @Override
    public int read() {
      return bytes[(int) (given++ % bytes.length)] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int start = (int) (given % bytes.length);
      int count = Math.min(length, bytes.length - start);
      System.arraycopy(bytes, start, into, offset, count);
      given += count;
      return count;
    }
  }
}
