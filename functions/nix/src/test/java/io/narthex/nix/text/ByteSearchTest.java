package io.narthex.nix.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSearchTest {
  private static final int LONGEST = 20;

  @Test
  void findsTheFirstOneWhateverStandsBesideIt() {
    for (int length = 1; length <= LONGEST; length++) {
      for (int at = 0; at < length; at++) {
        for (int value = 0; value < 256; value++) {
          byte[] bytes = " ".repeat(length).getBytes(ISO_8859_1);
          for (int before = 0; before < at; before++) {
            bytes[before] = (byte) value;
          }
          int expected = value == ' ' ? 0 : at;
          assertThat(ByteSearch.indexOf(' ', bytes, 0, length))
              .as("%d before %d of %d", value, at, length)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void looksAtNothingBeforeTheStartOrFromTheEndOn() {
    byte[] bytes = "\n--------\n---------\n".getBytes(ISO_8859_1);
    assertThat(ByteSearch.indexOf('\n', bytes, 0, bytes.length)).isZero();
    assertThat(ByteSearch.indexOf('\n', bytes, 1, bytes.length)).isEqualTo(9);
    assertThat(ByteSearch.indexOf('\n', bytes, 10, bytes.length - 1)).isEqualTo(bytes.length - 1);
    assertThat(ByteSearch.indexOf('\n', bytes, 1, 9)).isEqualTo(9);
    assertThat(ByteSearch.indexOf('\n', bytes, 7, 3)).isEqualTo(7);
  }
}
