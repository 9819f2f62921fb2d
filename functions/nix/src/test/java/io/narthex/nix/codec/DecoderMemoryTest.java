package io.narthex.nix.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** What a decoder takes of the heap for a stream of few bytes that declares as much as it can. */
final class DecoderMemoryTest {
  private static final byte[] SMALL = {1, 2, 3};
  private static final long BUFFERS = 2 << 20;

  /** Streams that make a decoder take much. */
  enum Stream {
    XZ(Compression.XZ) {
      @Override
      byte[] bytes() throws IOException {
        var options = new LZMA2Options(0);
        options.setDictSize(64 << 20);
        var out = new ByteArrayOutputStream();
        return written(out, new XZOutputStream(out, options));
      }
    },
    BROTLI(Compression.BR) {
      @Override
      byte[] bytes() {
        // A window of 16 MiB; a block of as many bytes, in six nibbles, not compressed; its first.
        long bits = 0xfL | 2L << 5 | 0xffffffL << 7 | 1L << 31;
        var bytes = new byte[100];
        for (int i = 0; i < 4; i++) {
          bytes[i] = (byte) (bits >> (8 * i));
        }
        return bytes;
      }
    },
    BZIP2(Compression.BZIP2) {
      @Override
      byte[] bytes() throws IOException {
        var out = new ByteArrayOutputStream();
        return written(out, new BZip2CompressorOutputStream(out, 9));
      }
    },
    LZ4(Compression.LZ4) {
      @Override
      byte[] bytes() throws IOException {
        var out = new ByteArrayOutputStream();
        return written(out, new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB));
      }
    },
    GZIP(Compression.GZIP) {
      @Override
      byte[] bytes() throws IOException {
        var out = new ByteArrayOutputStream();
        return written(out, new GZIPOutputStream(out));
      }
    };

    private final Compression compression;

    Stream(Compression compression) {
      this.compression = compression;
    }

    abstract byte[] bytes() throws IOException;

    private static byte[] written(ByteArrayOutputStream bytes, OutputStream encoder)
        throws IOException {
      try (encoder) {
        encoder.write(SMALL);
      }
      return bytes.toByteArray();
    }

    InputStream open(InputStream source) throws IOException, UnsupportedCompressionException {
      return this == XZ
          ? new XzForJava().open(source, DecoderLimits.DEFAULT)
          : Decoders.open(compression, source);
    }

    long memory() {
      return this == XZ
          ? new XzForJava().memory(DecoderLimits.DEFAULT, SMALL.length)
          : Decoders.memory(compression, DecoderLimits.DEFAULT, SMALL.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNoMoreOfTheHeapThanItSays(Stream stream) throws Exception {
    byte[] bytes = stream.bytes();
    var threads = (ThreadMXBean) requireNonNull(ManagementFactory.getThreadMXBean());
    long before = threads.getCurrentThreadAllocatedBytes();
    decode(stream, bytes);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(stream.memory() + BUFFERS);
  }

  @Test
  void libLzmaTakesWhatItDecodes() {
    LibLzma library = LibLzma.load("liblzma.so.5").orElseThrow();
    DecoderLimits limits = DecoderLimits.DEFAULT;
    assertThat(library.memory(limits, 1000)).isEqualTo(1000);
    assertThat(library.memory(limits.withXzThreads(2), 1000)).isEqualTo(3000);
    assertThat(library.memory(limits, 1L << 40)).isEqualTo(limits.xzMemory());
  }

  private static void decode(Stream stream, byte[] bytes) throws Exception {
    try (InputStream in = stream.open(new ByteArrayInputStream(bytes))) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (CorruptStreamException e) {
      assertThat(stream).as(e::reason).isEqualTo(Stream.BROTLI);
    }
  }
}
