package io.narthex.nix.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void quotesPlainText() {
    assertThat(Excerpt.of("nar/é.nar")).isEqualTo("'nar/é.nar'");
  }

  @Test
  void showsControlCharactersByNumber() {
    assertThat(Excerpt.of("a\r\n\0\u001b[2J\u202e\ud800"))
        .isEqualTo("'a\\u000d\\u000a\\u0000\\u001b[2J\\u202e\\ud800'");
  }

  @Test
  void cutsLongText() {
    assertThat(Excerpt.of("x".repeat(1_000_000))).isEqualTo("'" + "x".repeat(80) + "…'");
  }
}
