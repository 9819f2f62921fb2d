package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.nar.LinkTarget;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class SamplesTest {
  private static final String PATH = "/nix/store/00000000000000000000000000000000-sample";
  static final List<Compression> COMPRESSIONS = Samples.COMPRESSIONS;

  private final List<String> failed = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void areOfEveryCompressionThatIsDecoded(Compression compression) {
    assertThat(COMPRESSIONS.contains(compression)).isEqualTo(isDecoded(compression));
  }

  private static boolean isDecoded(Compression compression) {
    try {
      Decoders.open(compression, InputStream.nullInputStream()).close();
      return true;
    } catch (UnsupportedCompressionException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @FieldSource("COMPRESSIONS")
  void holdTheArchiveThatIsWrittenHere(Compression compression) throws Exception {
    try (InputStream file = bundled("sample." + compression);
        InputStream decoded = Decoders.open(compression, file)) {
      assertThat(decoded.readAllBytes()).isEqualTo(archive());
    }
  }

  /** What is bundled was made of this, by the encoders and {@code brotli} 1.0.9. */
  private static byte[] archive() throws IOException, MalformedNarException {
    var out = new ByteArrayOutputStream();
    var writer = new NarWriter(out);
    writer.startDirectory();
    writer.entry(NarName.of("bin"));
    writer.symlink(LinkTarget.of(PATH + "/share"));
    writer.entry(NarName.of("share"));
    writer.startDirectory();
    writer.entry(NarName.of("lines"));
    byte[] lines = lines().getBytes(UTF_8);
    writer.file(true, lines.length, new ByteArrayInputStream(lines));
    writer.endDirectory();
    writer.endDirectory();
    writer.finish();
    return out.toByteArray();
  }

  private static String lines() {
    var lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      lines.append("line ").append(i * i).append(" of ").append(PATH).append('\n');
    }
    return lines.toString();
  }

  @Test
  void areGoodAllOfThem() {
    new Samples().verify(failed::add);
    assertThat(failed).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("COMPRESSIONS")
  void sayWhichOfThemIsBadAndGoOn(Compression compression) {
    spoilt(Set.of("sample." + compression), SamplesTest::flipped).verify(failed::add);
    assertThat(failed).singleElement().asString().startsWith(compression + ": ");
  }

  @Test
  void sayEachThatIsBad() {
    var all = COMPRESSIONS.stream().map(compression -> "sample." + compression).toList();
    spoilt(Set.copyOf(all), SamplesTest::cut).verify(failed::add);
    assertThat(failed)
        .zipSatisfy(
            COMPRESSIONS,
            (reason, compression) -> assertThat(reason).startsWith(compression + ": "));
  }

  @Test
  void sayThatASignatureIsNotGood() {
    spoilt(
            Set.of("sample.narinfo"),
            narInfo ->
                new String(narInfo, UTF_8)
                    .replace("Sig: example-1:b", "Sig: example-1:c")
                    .getBytes(UTF_8))
        .verify(failed::add);
    assertThat(failed).singleElement().asString().contains("its signature is not good");
  }

  @Test
  void sayThatALibraryDoesNotLoad() {
    new Samples(
            name -> {
              if (name.equals("sample.zstd")) {
                throw new UnsatisfiedLinkError("no zstd-jni");
              }
              return bundled(name);
            })
        .verify(failed::add);
    assertThat(failed).containsExactly("zstd: java.lang.UnsatisfiedLinkError: no zstd-jni");
  }

  private static Samples spoilt(Set<String> names, UnaryOperator<byte[]> spoil) {
    return new Samples(
        name -> {
          try (InputStream file = bundled(name)) {
            byte[] bytes = file.readAllBytes();
            return new ByteArrayInputStream(names.contains(name) ? spoil.apply(bytes) : bytes);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static InputStream bundled(String name) {
    InputStream file = Samples.class.getResourceAsStream("sample/" + name);
    assertThat(file).as(name).isNotNull();
    return file;
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    return flipped;
  }
}
