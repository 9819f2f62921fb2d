package io.narthex.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsRetriesTest {
  @ParameterizedTest(name = "after {0} receives in {1} s")
  @CsvSource({"1, 30", "2, 120", "3, 480", "4, 900", "5, 900", "9999999, 900"})
  void waitsLongerEachTime(int receives, long seconds) {
    assertThat(SqsRetries.delay(receives)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
