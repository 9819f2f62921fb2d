package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  private static final List<Integer> MANY = IntStream.range(0, 1000).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 2000})
  void givesEveryResultInTheOrderOfTheWork(int atOnce) {
    assertThat(new Parallel(atOnce).map(MANY, number -> number * 2))
        .isEqualTo(MANY.stream().map(number -> number * 2).toList());
    assertThat(new Parallel(atOnce).map(List.<Integer>of(), number -> number)).isEmpty();
  }

  /** None of them goes on before all have begun. */
  @Test
  void hasAsManyInHandAtATimeAsItMay() {
    var begun = new CountDownLatch(64);
    var results =
        new Parallel(64)
            .map(
                MANY.subList(0, 64),
                number -> {
                  begun.countDown();
                  await(begun);
                  return number;
                });
    assertThat(results).isEqualTo(MANY.subList(0, 64));
  }

  @Test
  void neverHasMoreInHand() {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var _ =
        new Parallel(3)
            .map(
                MANY,
                number -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  now.decrementAndGet();
                  return number;
                });
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void throwsWhatFailedAndBeginsNoMore() {
    var begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new Parallel(2)
                    .map(
                        MANY,
                        number -> {
                          begun.incrementAndGet();
                          throw new IllegalStateException("failed");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("failed");
    assertThat(begun.get()).isLessThanOrEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
