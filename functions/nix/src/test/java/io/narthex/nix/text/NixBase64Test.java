package io.narthex.nix.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NixBase64Test {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "padded, Zm9vYg==, foob",
    "without padding, Zm9vYg, foob",
    "half padded, Zm9vYg=, foob",
    "stops at the equals sign, Zm9v=YmFy*, foo",
    "left-over bits, Zm9vYh, foob",
    "left-over digit, Zm9vY, foo",
  })
  void decodesAsLenientlyAsNix(String name, String text, String expected) {
    assertThat(new String(NixBase64.decode(text), US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zm9 v", "Zm9v-", "Zm9v_", "Zm9vé", "Zm\n9v", "Zm9v\0"})
  void refusesCharactersOutsideTheAlphabet(String text) {
    assertThatThrownBy(() -> NixBase64.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not base64: ");
  }

  @Test
  void decodesWhatItEncodes() {
    var random = new Random(64);
    for (int size = 0; size < 200; size++) {
      var bytes = new byte[size];
      random.nextBytes(bytes);
      assertThat(NixBase64.decode(NixBase64.encode(bytes))).isEqualTo(bytes);
    }
  }
}
