package io.narthex.nix.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class EncodersTest {
  @ParameterizedTest
  @CsvSource({
    "XZ,0", "XZ,9", "ZSTD,1", "ZSTD,19", "GZIP,1", "GZIP,9", "BZIP2,1", "BZIP2,9", "LZ4,1", "LZ4,9",
    "LZ4,17", "NONE,0"
  })
  void encodesAtEveryLevel(Compression codec, int level) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(codec, out, level)) {
      encoder.write(new byte[100_000]);
    }
    try (InputStream in = Decoders.open(codec, new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[100_000]);
    }
  }

  @ParameterizedTest
  @CsvSource({"XZ,10", "XZ,-1", "ZSTD,0", "ZSTD,23", "GZIP,0", "BZIP2,10", "LZ4,18"})
  void refusesLevelsThatDoNotExist(Compression codec, int level) {
    assertThatThrownBy(() -> Encoders.open(codec, OutputStream.nullOutputStream(), level))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("level " + level);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BZIP2", "GZIP", "LZ4", "XZ", "ZSTD", "NONE"},
      mode = Mode.EXCLUDE)
  void namesWhatItCannotEncode(Compression codec) {
    assertThatThrownBy(() -> Encoders.open(codec, OutputStream.nullOutputStream()))
        .isInstanceOf(UnsupportedCompressionException.class)
        .hasMessage("cannot encode compression '" + codec + "'");
  }
}
