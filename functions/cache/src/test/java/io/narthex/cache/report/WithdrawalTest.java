package io.narthex.cache.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WithdrawalTest {
  @Test
  void keepsTheTextOfANarinfoWhole() {
    assertThat(text("StorePath: x\n")).isEqualTo("StorePath: x\n");
  }

  @Test
  void keepsTheBeginningOfALongText() {
    assertThat(text("x".repeat(1 << 20))).hasSize((1 << 16) + 1).endsWith("x…");
  }

  @Test
  void cutsNoCharacterInTwo() {
    String cut = text("x" + "\uD83D\uDE00".repeat(1 << 16));
    assertThat(cut).hasSize(1 << 16).endsWith("\uD83D\uDE00…");
    assertThat(text(cut)).isEqualTo(cut);
  }

  private static String text(String text) {
    return new Withdrawal(
            new ObjectKey("x.narinfo"),
            new VersionId("1"),
            Instant.EPOCH,
            List.of(),
            Optional.of(text))
        .text()
        .orElseThrow();
  }
}
