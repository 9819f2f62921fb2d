package io.narthex.nix.codec;

import static io.narthex.nix.codec.CodecStreams.TEXT;
import static io.narthex.nix.codec.CodecStreams.encode;
import static io.narthex.nix.codec.CodecStreams.failing;
import static io.narthex.nix.codec.CodecStreams.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.nar.NarFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** What both libraries must do, and that they do the same. */
class XzLibraryTest {
  private static final XzLibrary JAVA = new XzForJava();

  /** The system's, or one that a run names. */
  private static final LibLzma NATIVE =
      LibLzma.load(System.getProperty(XzLibrary.PROPERTY, "liblzma.so.5")).orElseThrow();

  private static final DecoderLimits ONE = DecoderLimits.DEFAULT;
  private static final DecoderLimits THREE = ONE.withXzThreads(3);

  static Stream<XzLibrary> libraries() {
    return Stream.of(JAVA, NATIVE);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void decodesConcatenatedAndPaddedStreams(XzLibrary library) throws Exception {
    byte[] two = join(encode(Compression.XZ, TEXT), encode(Compression.XZ, new byte[] {1, 2}));
    assertThat(decode(library, join(two, new byte[8]), ONE))
        .isEqualTo(join(TEXT, new byte[] {1, 2}));
    assertThatThrownBy(() -> decode(library, join(two, new byte[2]), ONE))
        .isInstanceOf(CorruptStreamException.class);
  }

  /** Written by {@code xz -T2 --block-size=64KiB}: the sizes of its blocks are in their headers. */
  @ParameterizedTest
  @MethodSource("libraries")
  void decodesBlocksSideBySide(XzLibrary library) throws Exception {
    byte[] nar = NarFixtures.read("nar/net-tools-1.60.nar");
    byte[] blocks = NarFixtures.read("codec/net-tools-1.60.nar.blocks.xz");
    assertThat(decode(library, blocks, THREE)).isEqualTo(nar);
    assertThat(decode(library, blocks, ONE)).isEqualTo(nar);
    for (int length : new int[] {blocks.length - 1, blocks.length / 2, 40}) {
      assertThatThrownBy(() -> decode(library, Arrays.copyOf(blocks, length), THREE))
          .isInstanceOf(CorruptStreamException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void verifiesEveryKindOfCheckAndFilter(XzLibrary library) throws Exception {
    for (int check : new int[] {XZ.CHECK_NONE, XZ.CHECK_CRC32, XZ.CHECK_CRC64, XZ.CHECK_SHA256}) {
      byte[] encoded = encoded(check, new X86Options(), new LZMA2Options(0));
      assertThat(decode(library, encoded, ONE)).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void takesNoMoreMemoryThanItMay(XzLibrary library) throws Exception {
    LZMA2Options options = new LZMA2Options(0);
    options.setDictSize(64 << 20);
    byte[] encoded = encoded(XZ.CHECK_CRC32, options);
    assertThat(decode(library, encoded, ONE)).isEqualTo(TEXT);
    for (int threads : new int[] {1, 3}) {
      assertThatThrownBy(() -> decode(library, encoded, new DecoderLimits(32 << 20, threads, 27)))
          .isInstanceOf(CorruptStreamException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void passesOnWhatTheSourceThrows(XzLibrary library) throws Exception {
    var failure = new IOException("connection reset");
    InputStream source = failing(encode(Compression.XZ, TEXT), 1_000, failure);
    try (InputStream in = new StrictDecoder(Compression.XZ, source, s -> library.open(s, ONE))) {
      assertThatThrownBy(in::readAllBytes).isSameAs(failure);
    }
  }

  /** An archive that is left half way, or was bad, leaves nothing behind for the next one. */
  @ParameterizedTest
  @MethodSource("libraries")
  void everyArchiveBeginsAnew(XzLibrary library) throws Exception {
    byte[] good = encode(Compression.XZ, TEXT);
    byte[] bad = good.clone();
    bad[good.length / 2] ^= 1;
    for (int round = 0; round < 40; round++) {
      try (InputStream left = library.open(new ByteArrayInputStream(good), ONE)) {
        assertThat(left.readNBytes(100_000)).isEqualTo(Arrays.copyOf(TEXT, 100_000));
      }
      assertThatThrownBy(() -> decode(library, bad, ONE))
          .isInstanceOf(CorruptStreamException.class);
      assertThat(decode(library, good, ONE)).isEqualTo(TEXT);
    }
  }

  @Test
  void aClosedOneIsNotReadFrom() throws Exception {
    InputStream in = NATIVE.open(new ByteArrayInputStream(encode(Compression.XZ, TEXT)), ONE);
    assertThat(in.read()).isNotNegative();
    in.close();
    in.close();
    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("closed");
  }

  /** Whatever the bytes, both find the same archive in them, or both find none. */
  @Test
  void bothSayTheSameOfDamagedStreams() throws Exception {
    byte[] text = Arrays.copyOfRange(TEXT, 74_000, 77_000);
    byte[][] seeds = {
      encoded(XZ.CHECK_CRC64, text, new LZMA2Options(6)),
      encoded(XZ.CHECK_NONE, text, new LZMA2Options(0)),
      join(encode(Compression.XZ, text), encode(Compression.XZ, text)),
    };
    int accepted = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      byte[] damaged = damaged(seeds[seed % seeds.length], new Random(seed));
      Optional<byte[]> one = outcome(JAVA, damaged, ONE);
      Optional<byte[]> other = outcome(NATIVE, damaged, seed % 2 == 0 ? ONE : THREE);
      assertThat(other.isPresent()).as("seed %d", seed).isEqualTo(one.isPresent());
      one.ifPresent(bytes -> assertThat(other.orElseThrow()).isEqualTo(bytes));
      accepted += one.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  @Test
  void aLibraryThatIsNoneIsNotTaken() {
    assertThat(LibLzma.load("libnone.so.0")).isEmpty();
    assertThat(LibLzma.load("libm.so.6")).isEmpty();
    assertThat(NATIVE.name()).matches("liblzma 5\\.\\d+\\.\\d+");
    assertThat(Decoders.xzLibrary()).isIn(NATIVE.name(), JAVA.name());
  }

  private static byte[] damaged(byte[] stream, Random random) {
    byte[] damaged = stream.clone();
    for (int i = 0; i < random.nextInt(3); i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length));
      case 1 -> Arrays.copyOf(damaged, damaged.length + random.nextInt(9));
      default -> damaged;
    };
  }

  private static Optional<byte[]> outcome(XzLibrary library, byte[] bytes, DecoderLimits limits)
      throws Exception {
    try {
      return Optional.of(decode(library, bytes, limits));
    } catch (CorruptStreamException e) {
      assertThat(e.reason()).isNotBlank();
      return Optional.empty();
    }
  }

  private static byte[] decode(XzLibrary library, byte[] encoded, DecoderLimits limits)
      throws Exception {
    InputStream source = new ByteArrayInputStream(encoded);
    try (InputStream in = new StrictDecoder(Compression.XZ, source, s -> library.open(s, limits))) {
      return in.readAllBytes();
    }
  }

  private static byte[] encoded(int check, FilterOptions... filters) throws IOException {
    return encoded(check, TEXT, filters);
  }

  private static byte[] encoded(int check, byte[] text, FilterOptions... filters)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream xz = new XZOutputStream(out, filters, check)) {
      xz.write(text);
    }
    return out.toByteArray();
  }
}
