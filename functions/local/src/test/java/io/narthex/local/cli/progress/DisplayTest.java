package io.narthex.local.cli.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);
  private long now;

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private String text() {
    return printed.toString(UTF_8);
  }

  @Test
  void drawsOneLineInPlaceAndTakesItAway() {
    try (Display display = new Display(LiveLine.onTerminal(out, 80), () -> now)) {
      display.show("paths", 1000, 4000);
      pass(Duration.ofSeconds(2));
      display.show("paths", 2000, 4000);
      pass(Duration.ofMillis(10));
      display.show("paths", 2100, 4000);
    }
    assertThat(text())
        .isEqualTo(
            "\r[######..................] 25 %, 1,000 of 4,000 paths\033[K"
                + "\r[############............] 50 %, 2,000 of 4,000 paths, 500/s, 4 s left\033[K"
                + "\r\033[K");
  }

  /** What was done before is no merit of this run. */
  @Test
  void countsTheRateFromWhereItWasWatchedFirst() {
    Display display = new Display(LiveLine.inLines(out), () -> now);
    display.show("paths", 100_000, 200_000);
    pass(Duration.ofSeconds(10));
    display.show("paths", 110_000, 200_000);
    assertThat(text()).isEqualTo("55 %, 110,000 of 200,000 paths, 1,000/s, 1 min 30 s left\n");
  }

  @Test
  void printsALineEachTenSecondsWhereThereIsNoTerminal() {
    try (Display display = new Display(LiveLine.inLines(out), () -> now)) {
      for (int second = 0; second < 25; second++) {
        display.show("paths", second, 100);
        pass(Duration.ofSeconds(1));
      }
      display.show("pieces", 0, 4);
      pass(Duration.ofSeconds(9));
      display.show("pieces", 3, 4);
    }
    assertThat(text().lines())
        .containsExactly(
            "10 %, 10 of 100 paths, 1/s, 1 min 30 s left",
            "20 %, 20 of 100 paths, 1/s, 1 min 20 s left", "75 %, 3 of 4 pieces, 0/s, 3 s left");
  }

  @Test
  void whatElseIsPrintedGoesAboveTheLine() {
    try (LiveLine line = LiveLine.onTerminal(out, 80)) {
      line.print(out, "first");
      line.show(new Progress(OptionalDouble.empty(), List.of("listing")));
      line.print(out, "second");
      line.show(new Progress(OptionalDouble.empty(), List.of("listing")));
    }
    assertThat(text()).isEqualTo("first\n\rlisting\033[K\r\033[Ksecond\n\rlisting\033[K\r\033[K");
  }

  @Test
  void saysNothingOfWhatIsDoneAtOnce() {
    try (Display display = new Display(LiveLine.inLines(out), () -> now)) {
      display.show("paths", 10, 10);
    }
    assertThat(text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          80 | [############............] 50 %, 2,000 of 4,000 paths, 500/s, 4 s left
          56 | [#####.....] 50 %, 2,000 of 4,000 paths, 500/s, 4 s left
          44 | 50 %, 2,000 of 4,000 paths, 500/s, 4 s left
          36 | 50 %, 2,000 of 4,000 paths, 500/s
          20 | [######.......] 50 %
          """)
  void leavesOutWhatHasNoRoom(int columns, String expected) {
    var pace = new Pace("paths", 1000, 2000, 4000, Duration.ofSeconds(2));
    assertThat(pace.progress().line(columns)).isEqualTo(expected).hasSizeLessThanOrEqualTo(columns);
  }

  @Test
  void aTotalThatWasTooSmallIsNoMoreThanAll() {
    var pace = new Pace("paths", 0, 12, 10, Duration.ofSeconds(1));
    assertThat(pace.progress().whole()).startsWith("100 %, 12 of 10 paths, 12/s, 0 s left");
    assertThat(new Pace("paths", 0, 0, 0, Duration.ZERO).progress().whole())
        .isEqualTo("0 %, 0 of 0 paths");
  }
}
