package io.narthex.nix.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nix32Test {
  private static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one byte 1f, 1f, 0z",
    "one byte ff, ff, 7z",
    "md5 of nothing, d41d8cd98f00b204e9800998ecf8427e, 3y8bwfr609h3lh9ch0izcqq7fl",
    "sha1 of nothing, da39a3ee5e6b4b0d3255bfef95601890afd80709,"
        + " 143xibwh31h9bvxzalr0sjvbbvpa6ffs",
    "sha256 of abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad,"
        + " 1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
  })
  void encodesAndDecodesVectors(String name, String base16, String nix32) {
    byte[] bytes = HexFormat.of().parseHex(base16);

    assertThat(Nix32.encode(bytes)).isEqualTo(nix32);
    assertThat(Nix32.decode(nix32, bytes.length)).isEqualTo(bytes);
  }

  @ParameterizedTest(name = "{0} bytes are {1} characters")
  @CsvSource({"0, 0", "1, 2", "16, 26", "20, 32", "32, 52", "64, 103"})
  void knowsLengths(int size, int length) {
    assertThat(Nix32.encodedLength(size)).isEqualTo(length);
  }

  @Test
  void agreesWithLittleEndianNumbers() {
    var random = new Random(32);
    for (int size = 1; size <= 64; size++) {
      var bytes = new byte[size];
      random.nextBytes(bytes);
      String text = Nix32.encode(bytes);
      assertThat(text).isEqualTo(asNumber(bytes));
      assertThat(Nix32.decode(text, size)).isEqualTo(bytes);
    }
  }

  private static String asNumber(byte[] bytes) {
    var bigEndian = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[i] = bytes[bytes.length - 1 - i];
    }
    var number = new BigInteger(1, bigEndian);
    var text = new StringBuilder();
    for (int i = Nix32.encodedLength(bytes.length) - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt(number.shiftRight(5 * i).intValue() & 31));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "too short, 0, expected 2 nix32 characters",
    "too long, 000, expected 2 nix32 characters",
    "not in the alphabet, 0e, not nix32",
    "upper case, 0A, not nix32",
    "excess bits, 80, excess bits",
  })
  void refusesWhatIsNoByte(String name, String text, String reason) {
    assertThatThrownBy(() -> Nix32.decode(text, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
