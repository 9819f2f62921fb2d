package io.narthex.nix.codec;

import static io.narthex.nix.codec.CodecStreams.TEXT;
import static io.narthex.nix.codec.CodecStreams.assertCorrupt;
import static io.narthex.nix.codec.CodecStreams.decode;
import static io.narthex.nix.codec.CodecStreams.drain;
import static io.narthex.nix.codec.CodecStreams.encode;
import static io.narthex.nix.codec.CodecStreams.failing;
import static io.narthex.nix.codec.CodecStreams.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.nar.NarFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What every decoder must do, whichever library is behind it. */
class DecodersTest {
  private static final String[] CODECS = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"};

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"})
  void decodesWhatWasEncoded(Compression codec) throws Exception {
    for (int length : new int[] {1, 2, 1_000, TEXT.length}) {
      byte[] text = Arrays.copyOf(TEXT, length);
      assertThat(decode(codec, encode(codec, text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"})
  void decodesBySmallReadsFromASlowSource(Compression codec) throws Exception {
    byte[] text = Arrays.copyOf(TEXT, 5_000);
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(encode(codec, text))) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, 3));
          }
        };
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    try (InputStream in = Decoders.open(codec, slow)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        decoded.write(next);
      }
      assertThat(in.read(new byte[1])).isNegative();
    }
    assertThat(decoded.toByteArray()).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(names = {"BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void decodesConcatenatedStreams(Compression codec) throws Exception {
    byte[] two = join(encode(codec, TEXT), encode(codec, new byte[] {1, 2, 3}));
    assertThat(decode(codec, two)).isEqualTo(join(TEXT, new byte[] {1, 2, 3}));
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void refusesNothing(Compression codec) {
    assertCorrupt(codec, new byte[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void refusesEveryTruncation(Compression codec) throws Exception {
    byte[] encoded = encode(codec, Arrays.copyOf(TEXT, 300));
    for (int length = 0; length < encoded.length; length++) {
      assertCorrupt(codec, Arrays.copyOf(encoded, length));
    }
    byte[] large = encode(codec, TEXT);
    assertCorrupt(codec, Arrays.copyOf(large, large.length - 1));
    assertCorrupt(codec, Arrays.copyOf(large, large.length / 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void refusesBytesAfterTheEnd(Compression codec) throws Exception {
    byte[] encoded = encode(codec, Arrays.copyOf(TEXT, 300));
    for (int count : new int[] {1, 2, 3, 5, 4096, 100_000}) {
      byte[] garbage = new byte[count];
      Arrays.fill(garbage, (byte) 'g');
      assertCorrupt(codec, join(encoded, garbage));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "ZSTD"})
  void refusesZerosAfterTheEnd(Compression codec) throws Exception {
    byte[] encoded = encode(codec, Arrays.copyOf(TEXT, 300));
    for (int count : new int[] {1, 4, 8, 100_000}) {
      assertCorrupt(codec, join(encoded, new byte[count]));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void refusesTheBeginningOfAnotherStreamAfterTheEnd(Compression codec) throws Exception {
    byte[] encoded = encode(codec, Arrays.copyOf(TEXT, 300));
    for (int count = 1; count < encoded.length; count++) {
      assertCorrupt(codec, join(encoded, Arrays.copyOf(encoded, count)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void refusesEveryOtherCompression(Compression label) throws Exception {
    for (String actual : CODECS) {
      if (!actual.equals(label.name())) {
        assertCorrupt(label, encode(Compression.valueOf(actual), TEXT));
      }
    }
    assertCorrupt(label, NarFixtures.read("nar/net-tools-1.60.nar"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void onlyItsOwnExceptionEscapesWhateverTheBytes(Compression codec) throws Exception {
    Random random = new Random(codec.label().hashCode());
    byte[] encoded = encode(codec, Arrays.copyOf(TEXT, 2_000));
    int refused = 0;
    for (int round = 0; round < 1_000; round++) {
      byte[] mutated = encoded.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try (InputStream in = Decoders.open(codec, new ByteArrayInputStream(mutated))) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (CorruptStreamException e) {
        assertThat(e.reason()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"})
  void passesFailuresOfTheSourceUnchanged(Compression codec) throws Exception {
    byte[] encoded = encode(codec, TEXT);
    for (int good : new int[] {0, 1, encoded.length / 2, encoded.length}) {
      IOException failure = new IOException("connection reset");
      assertThatThrownBy(() -> drain(codec, failing(encoded, good, failure))).isSameAs(failure);
      IllegalStateException crash = new IllegalStateException("client is closed");
      assertThatThrownBy(() -> drain(codec, failing(encoded, good, crash))).isSameAs(crash);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"})
  void readsTheSourceToItsEndAndLeavesItOpen(Compression codec) throws Exception {
    AtomicInteger closed = new AtomicInteger();
    InputStream source =
        new FilterInputStream(new ByteArrayInputStream(encode(codec, TEXT))) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    drain(codec, source);
    assertThat(source.read()).isNegative();
    assertThat(closed).hasValue(0);
  }

  @Test
  void readsNothingBeforeItIsRead() throws Exception {
    InputStream source = failing(new byte[0], 0, new IOException("read too early"));
    for (String codec : CODECS) {
      Decoders.open(Compression.valueOf(codec), source).close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BR", "BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"},
      mode = Mode.EXCLUDE)
  void namesWhatItCannotDecode(Compression compression) {
    assertThatThrownBy(() -> Decoders.open(compression, InputStream.nullInputStream()))
        .isInstanceOfSatisfying(
            UnsupportedCompressionException.class,
            e -> assertThat(e.compression()).isEqualTo(compression));
  }

  /**
   * A gigabyte of zeros takes no more memory than the decoder has, and can be left at any point.
   */
  @ParameterizedTest
  @EnumSource(names = {"BZIP2", "GZIP", "LZ4", "XZ", "ZSTD"})
  void decodesBombsOnlyAsFarAsRead(Compression codec) throws Exception {
    byte[] member = encode(codec, new byte[1 << 20]);
    CodecStreams.Endless bomb = new CodecStreams.Endless(member);
    try (InputStream in = Decoders.open(codec, bomb)) {
      assertThat(in.readNBytes(10_000)).containsOnly(0).hasSize(10_000);
    }
    assertThat(bomb.given()).isLessThan(200_000);
  }
}
