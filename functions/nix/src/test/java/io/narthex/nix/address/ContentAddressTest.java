package io.narthex.nix.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.hash.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentAddressTest {
  private static final String NIX32 = "sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s";
  private static final Hash HASH = Hash.parse(NIX32);

  @Test
  void readsEveryKind() {
    assertThat(ContentAddress.parse("text:" + NIX32)).isEqualTo(new ContentAddress.Text(HASH));
    assertThat(ContentAddress.parse("fixed:" + NIX32)).isEqualTo(new ContentAddress.Flat(HASH));
    assertThat(ContentAddress.parse("fixed:r:" + NIX32))
        .isEqualTo(new ContentAddress.Recursive(HASH));
    assertThat(ContentAddress.parse("fixed:git:" + NIX32)).isEqualTo(new ContentAddress.Git(HASH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text:", "fixed:", "fixed:r:", "fixed:git:"})
  void writesWhatItReads(String prefix) {
    assertThat(ContentAddress.parse(prefix + NIX32)).hasToString(prefix + NIX32);
    assertThat(ContentAddress.parse(prefix + "sha256:" + HASH.base16()))
        .hasToString(prefix + NIX32);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "no method, " + NIX32,
    "unknown method, magic:" + NIX32,
    "text of a NAR, text:r:" + NIX32,
    "no hash, fixed:r:",
    "no algorithm, fixed:r:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
    "unknown algorithm, fixed:blake3:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
    "SRI, fixed:sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "upper case, FIXED:" + NIX32,
  })
  void refusesOtherText(String name, String text) {
    assertThatThrownBy(() -> ContentAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
