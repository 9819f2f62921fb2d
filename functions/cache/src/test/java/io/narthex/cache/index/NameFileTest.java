package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameFileTest {
  private static NameLines lines(byte[] text) throws IOException {
    return new NameLines(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(text)));
  }

  /** More text than a frame, and more than a buffer. */
  @Test
  void isReadAsItWasWritten() throws IOException, MalformedIndexException {
    var file = new NameFile();
    var names = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      names.add("name-%05d-%s".formatted(i, "x".repeat(i % 90)));
      for (int j = 0; j <= i % 3; j++) {
        file.add(new NamedPath(names.getLast(), new StorePathHash("%032d".formatted(i + j))));
      }
    }
    byte[] text = file.text();
    byte[] hashes = file.hashes();
    assertThat(hashes).hasSize((int) file.paths() * HashBytes.LENGTH);

    NameLines lines = lines(text);
    long first = 0;
    for (int i = 0; i < names.size(); i++) {
      assertThat(lines.next()).isTrue();
      assertThat(lines.name()).isEqualTo(names.get(i));
      assertThat(lines.first()).isEqualTo(first);
      assertThat(lines.count()).isEqualTo(1 + i % 3);
      assertThat(HashBytes.read(hashes, (int) first * HashBytes.LENGTH))
          .isEqualTo(new StorePathHash("%032d".formatted(i)));
      first += lines.count();
    }
    assertThat(lines.next()).isFalse();
  }

  @Test
  void findsATextInANameAndNowhereElse() throws IOException, MalformedIndexException {
    var lines = new NameLines(new ByteArrayInputStream("12 Glibc-12\n3 b\n".getBytes(US_ASCII)));
    assertThat(lines.next()).isTrue();
    assertThat(List.of(lines.indexOf(bytes("glibc")), lines.indexOf(bytes("-1"))))
        .containsExactly(0, 5);
    assertThat(lines.indexOf(bytes("2"))).isEqualTo(7);
    assertThat(lines.indexOf(bytes("12 "))).isEqualTo(-1);
    assertThat(lines.indexOf(bytes("glibc-123"))).isEqualTo(-1);
    assertThat(lines.next()).isTrue();
    assertThat(lines.indexOf(bytes("c-12"))).isEqualTo(-1);
    assertThat(lines.first()).isEqualTo(12);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 a\n2 b",
        "1\n",
        " a\n",
        "0 a\n",
        "\n",
        "-1 a\n",
        "1x a\n",
        "18446744073709551617 a\n"
      })
  void refusesWhatIsNoLine(String text) {
    var lines = new NameLines(new ByteArrayInputStream(text.getBytes(US_ASCII)));
    assertThatThrownBy(
            () -> {
              while (lines.next()) {
                assertThat(lines.count()).isPositive();
              }
            })
        .isInstanceOf(MalformedIndexException.class);
  }

  @Test
  void hashesAreReadAsTheyWereWrittenInTheOrderOfTheirTexts() {
    var hashes = new ArrayList<StorePathHash>();
    for (String text : List.of("0", "1", "b", "z")) {
      for (int at = 0; at < StorePathHash.LENGTH; at++) {
        hashes.add(new StorePathHash("0".repeat(at) + text + "5".repeat(31 - at)));
      }
    }
    for (StorePathHash hash : hashes) {
      assertThat(HashBytes.read(HashBytes.of(hash), 0)).isEqualTo(hash);
      assertThat(HashBytes.first(HashBytes.of(hash), 0, 37)).isEqualTo(HashBits.first(hash, 37));
    }
    assertThat(hashes.stream().sorted().map(NameFileTest::hex)).isSorted().doesNotHaveDuplicates();
  }

  private static String hex(StorePathHash hash) {
    return HexFormat.of().formatHex(HashBytes.of(hash));
  }
}
