package io.narthex.bench.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostPageTest {
  private static final Path PROJECT = Path.of("..", "..");

  private Deployed stack;

  @BeforeEach
  void readTheTemplate() throws IOException {
    stack = Deployed.read(PROJECT);
  }

  @Test
  void isWhatTheDocumentSays() throws IOException {
    assertThat(Files.readString(PROJECT.resolve("docs/cost.md")))
        .as("functions/bench/run cost > docs/cost.md")
        .isEqualTo(new CostPage(stack).text());
  }

  @Test
  void aMillionReadsAreBilledAtTwoAndAHalfDollarsAtMostWithoutTheIndex() {
    assertThat(Month.FIRST.withoutIndex(stack).bill()).isLessThanOrEqualTo(2.50);
  }

  @Test
  void anIdleCacheIsBilledCents() {
    assertThat(Month.IDLE.withoutIndex(stack).bill()).isLessThan(0.05);
    assertThat(Month.IDLE.usage(stack).bill()).isLessThan(0.20);
  }

  @Test
  void theIndexAddsLessThanADollar() {
    assertThat(Month.FIRST.usage(stack).bill() - Month.FIRST.withoutIndex(stack).bill())
        .isLessThan(1.00);
  }

  @Test
  void billsWhatIsAboveTheFreePart() {
    Usage usage = Usage.of(Item.ALARMS, 12).plus(Usage.of(Item.API_REQUESTS, 500e3));
    assertThat(usage.listPrice()).isEqualTo(1.20 + 0.50, offset(1e-9));
    assertThat(usage.bill()).isEqualTo(0.20 + 0.50, offset(1e-9));
    assertThat(usage.times(10).bill()).isEqualTo(11.00 + 5.00, offset(1e-9));
  }
}
