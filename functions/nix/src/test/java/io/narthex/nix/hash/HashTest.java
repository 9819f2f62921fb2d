package io.narthex.nix.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HashTest {
  private static final Hash ABC = HashAlgorithm.SHA256.hash("abc".getBytes(US_ASCII));

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nix32, sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
    "base 16, sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "upper case, sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
    "base64, sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "SRI, sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "SRI without padding, sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
  })
  void readsEverySpelling(String name, String text) {
    assertThat(Hash.parse(text)).isEqualTo(ABC).hasSameHashCodeAs(ABC);
  }

  @Test
  void writesEverySpelling() {
    assertThat(ABC).hasToString("sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s");
    assertThat(ABC.nix32()).isEqualTo("1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s");
    assertThat(ABC.base16())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(ABC.base64()).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    assertThat(ABC.sri()).isEqualTo("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatItWritesForEveryAlgorithm(HashAlgorithm algorithm) {
    var random = new Random(algorithm.size());
    for (int i = 0; i < 100; i++) {
      var bytes = new byte[algorithm.size()];
      random.nextBytes(bytes);
      Hash hash = Hash.of(algorithm, bytes);
      assertThat(Hash.parse(hash.toString())).isEqualTo(hash);
      assertThat(Hash.parse(hash.sri())).isEqualTo(hash);
      assertThat(Hash.parse(algorithm, hash.base16())).isEqualTo(hash);
      assertThat(Hash.parse(algorithm, hash.base64())).isEqualTo(hash);
    }
  }

  @ParameterizedTest
  @EnumSource
  void digestsHaveTheSizeOfTheirAlgorithm(HashAlgorithm algorithm) {
    assertThat(algorithm.hash(new byte[0]).bytes()).hasSize(algorithm.size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no algorithm, 1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, without an algorithm",
    "unknown algorithm, blake3:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, blake3",
    "upper-case algorithm, SHA256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, SHA256",
    "empty, sha256:, wrong length for sha256",
    "one short, sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5, wrong length",
    "not base 16, sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, base 16",
    "not base64, sha256:*ngWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=, base64",
    "base64 that stops early, sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfI=AFa0, wrong length",
    "SRI of another size, sha512-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=, wrong length",
    "SRI in nix32, sha256-1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, wrong length",
  })
  void refusesWhatIsNoHash(String name, String text, String reason) {
    assertThatThrownBy(() -> Hash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void isNotChangedThroughItsArrays() {
    byte[] bytes = ABC.bytes();
    Hash hash = Hash.of(HashAlgorithm.SHA256, bytes);
    bytes[0]++;
    hash.bytes()[0]++;

    assertThat(hash).isEqualTo(ABC);
  }

  @Test
  void differsByAlgorithmAndBytes() {
    assertThat(ABC).isNotEqualTo(HashAlgorithm.SHA256.hash("abd".getBytes(US_ASCII)));
    assertThat(ABC).isNotEqualTo(HashAlgorithm.SHA512.hash("abc".getBytes(US_ASCII)));
  }

  @Test
  void refusesBytesOfAnotherSize() {
    assertThatThrownBy(() -> Hash.of(HashAlgorithm.SHA1, new byte[32]))
        .hasMessage("sha1 has 20 bytes, not 32");
  }
}
