package io.narthex.nix.codec;

import static io.narthex.nix.codec.CodecStreams.TEXT;
import static io.narthex.nix.codec.CodecStreams.assertCorrupt;
import static io.narthex.nix.codec.CodecStreams.decode;
import static io.narthex.nix.codec.CodecStreams.encode;
import static io.narthex.nix.codec.CodecStreams.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.narthex.nix.nar.NarFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** What is so in one format only. */
class DecoderPeculiaritiesTest {
  @Test
  void refusesConcatenatedBrotli() {
    byte[] stream = StoredBrotli.encode(TEXT);
    assertCorrupt(Compression.BR, join(stream, stream));
  }

  @Test
  void acceptsXzPaddingOfWholeWordsOnly() throws Exception {
    byte[] encoded = encode(Compression.XZ, TEXT);
    assertThat(decode(Compression.XZ, join(encoded, new byte[8]))).isEqualTo(TEXT);
    assertCorrupt(Compression.XZ, join(encoded, new byte[2]));
  }

  @Test
  void decodesWhatTheBrotliProgramWrites() throws Exception {
    for (String name : new String[] {"net-tools-1.60.nar", "valid-case.nar"}) {
      assertThat(decode(Compression.BR, NarFixtures.read("codec/" + name + ".br")))
          .isEqualTo(NarFixtures.read("nar/" + name));
    }
  }

  /** The brotli library reads blocks of 4096 bytes and sees less when the last one is full. */
  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 8124})
  void findsTheEndOfBrotliWhereItsReadsAreFull(int length) throws Exception {
    byte[] text = Arrays.copyOf(TEXT, length - 4);
    byte[] exact = StoredBrotli.encode(text);
    assertThat(exact).hasSize(length);
    assertThat(decode(Compression.BR, exact)).isEqualTo(text);
    byte[] stream = NarFixtures.read("codec/valid-case.nar.br");
    assertCorrupt(Compression.BR, Arrays.copyOf(stream, length));
  }

  @Test
  void acceptsSkippableZstdFrames() throws Exception {
    byte[] skippable = HexFormat.of().parseHex("502a4d1803000000aabbcc");
    byte[] frame = encode(Compression.ZSTD, TEXT);
    assertThat(decode(Compression.ZSTD, join(join(skippable, frame), skippable))).isEqualTo(TEXT);
    assertCorrupt(Compression.ZSTD, join(frame, Arrays.copyOf(skippable, 10)));
  }

  @Test
  void limitsTheMemoryOfXz() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LZMA2Options options = new LZMA2Options(0);
    options.setDictSize(64 << 20);
    try (OutputStream xz = new XZOutputStream(out, options, XZ.CHECK_CRC32)) {
      xz.write(TEXT);
    }
    assertThat(decode(Compression.XZ, out.toByteArray())).isEqualTo(TEXT);
    DecoderLimits tight = new DecoderLimits(32 << 20, 1, 27);
    InputStream source = new ByteArrayInputStream(out.toByteArray());
    assertThatThrownBy(() -> Decoders.open(Compression.XZ, source, tight).readAllBytes())
        .isInstanceOf(CorruptStreamException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void limitsTheWindowOfZstd() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out).setLong(24)) {
      zstd.write(TEXT);
    }
    assertThat(decode(Compression.ZSTD, out.toByteArray())).isEqualTo(TEXT);
    DecoderLimits tight = new DecoderLimits(96 << 20, 1, 20);
    InputStream source = new ByteArrayInputStream(out.toByteArray());
    assertThatThrownBy(() -> Decoders.open(Compression.ZSTD, source, tight).readAllBytes())
        .isInstanceOf(CorruptStreamException.class);
  }

  @Test
  void checksEverythingInAGzipHeader() throws Exception {
    byte[] plain = encode(Compression.GZIP, new byte[] {42});
    byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
    String extraNameComment = "1f8b081c000000000003" + "0200aabb" + "6e00" + "6300";
    assertThat(decode(Compression.GZIP, join(HexFormat.of().parseHex(extraNameComment), body)))
        .containsExactly(42);
    assertCorrupt(Compression.GZIP, join(HexFormat.of().parseHex("1f8b0880000000000003"), body));
    assertCorrupt(
        Compression.GZIP, join(HexFormat.of().parseHex("1f8b08020000000000030000"), body));
    assertCorrupt(Compression.GZIP, join(HexFormat.of().parseHex("1f8b0700000000000003"), body));
  }
}
