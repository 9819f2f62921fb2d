package io.narthex.cache.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
  private static final String LONG = "x".repeat(1 << 20);

  @Test
  void shortensEveryTextThatAnUploaderChooses() {
    Finding finding = new Finding(CheckName.NARINFO_SYNTAX, LONG, LONG, LONG);
    assertThat(finding.field()).hasSize(1001).endsWith("x…");
    assertThat(finding.expected()).isEqualTo(finding.field());
    assertThat(finding.actual()).isEqualTo(finding.field());
  }

  @Test
  void showsNoControlCharacters() {
    Finding finding = new Finding(CheckName.NARINFO_SYNTAX, "a\u001b[2J", "b\n", "c\0");
    assertThat(finding).hasToString("a\uFFFD[2J: expected b\uFFFD, found c\uFFFD");
  }

  @Test
  void saysTheSameWhenItIsMadeOfItsOwnTexts() {
    Finding finding = new Finding(CheckName.NARINFO_SYNTAX, LONG, "\0", LONG);
    assertThat(new Finding(finding.check(), finding.field(), finding.expected(), finding.actual()))
        .isEqualTo(finding);
  }
}
