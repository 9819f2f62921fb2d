package io.narthex.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.store.OutOfTimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class ReadTimeTest {
  private final ReadTime time = new ReadTime();

  private InputStream stream() {
    return time.over(new ByteArrayInputStream(new byte[10]));
  }

  @Test
  void aHostWithoutInvocationsHasAllTheTime() throws IOException {
    assertThat(stream().readAllBytes()).hasSize(10);
  }

  @Test
  void whatIsReadInTimeIsAsItIs() throws IOException {
    time.begin(900_000);
    InputStream stream = stream();
    assertThat(stream.read()).isZero();
    assertThat(stream.readAllBytes()).hasSize(9);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void whatHadAllTheTimeIsOutOfTime() throws IOException {
    time.begin(20_300);
    InputStream stream = stream();
    assertThat(stream.readNBytes(4)).hasSize(4);
    assertThatThrownBy(
            () -> {
              while (true) {
                assertThat(stream.read(new byte[4], 0, 0)).isZero();
              }
            })
        .isInstanceOfSatisfying(OutOfTimeException.class, e -> assertThat(e.bytes()).isEqualTo(4));
  }

  @Test
  void whatHadLessComesAgain() {
    time.begin(20_300);
    InputStream first = stream();
    assertThatThrownBy(
            () -> {
              while (true) {
                assertThat(first.read(new byte[4], 0, 0)).isZero();
              }
            })
        .isInstanceOf(OutOfTimeException.class);
    InputStream second = stream();
    assertThatThrownBy(second::read)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(OutOfTimeException.class);
  }

  @Test
  void anInvocationThatHasNoTimeAtAllIsNobodysFault() {
    time.begin(0);
    assertThatThrownBy(stream()::read)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(OutOfTimeException.class);
  }
}
