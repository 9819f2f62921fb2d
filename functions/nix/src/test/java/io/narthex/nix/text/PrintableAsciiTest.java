package io.narthex.nix.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableAsciiTest {
  private static final int LONGEST = 20;

  @Test
  void isWhatHasNoOtherByteAnywhere() {
    for (int length = 0; length <= LONGEST; length++) {
      assertThat(PrintableAscii.is("~".repeat(length).getBytes(ISO_8859_1))).isTrue();
      for (int at = 0; at < length; at++) {
        for (int value = 0; value < 256; value++) {
          byte[] bytes = " ".repeat(length).getBytes(ISO_8859_1);
          bytes[at] = (byte) value;
          boolean expected = (value >= ' ' && value <= '~') || value == '\n';
          assertThat(PrintableAscii.is(bytes)).as("%d at %d", value, at).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void isNotWhatOnlyOneOfManyBytesSpoils() {
    byte[] bytes = "\n\n\n\n\n\n\n\n\nname: value\n\n\n\n\n\n".getBytes(ISO_8859_1);
    assertThat(PrintableAscii.is(bytes)).isTrue();
    bytes[bytes.length - 10] = 0x7f;
    assertThat(PrintableAscii.is(bytes)).isFalse();
  }
}
