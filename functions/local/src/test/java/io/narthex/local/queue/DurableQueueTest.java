package io.narthex.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableQueueTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  @TempDir private Path directory;
  private DurableQueue letters;
  private DurableQueue queue;

  @BeforeEach
  void open() {
    letters = DurableQueue.open(directory.resolve("letters"), clock);
    queue = DurableQueue.open(directory.resolve("queue"), clock, RedrivePolicy.to(letters));
  }

  @AfterEach
  void close() {
    queue.close();
    letters.close();
  }

  private void reopen() {
    close();
    open();
  }

  private ReceivedMessage receiveOne() {
    return queue.receive(1, MINUTE).getFirst();
  }

  @Test
  void handsOutMessagesInTheOrderOfSending() {
    List<MessageId> ids = queue.sendAll(List.of("a", "b", "c"));
    List<ReceivedMessage> received = queue.receive(10, MINUTE);
    assertThat(received).extracting(ReceivedMessage::body).containsExactly("a", "b", "c");
    assertThat(received).extracting(ReceivedMessage::messageId).isEqualTo(ids);
    assertThat(received).extracting(ReceivedMessage::sent).containsOnly(clock.instant());
  }

  @Test
  void hidesAReceivedMessageUntilItsVisibilityTimeoutEnds() {
    queue.send("a");
    receiveOne();
    clock.advance(MINUTE.minusMillis(1));
    assertThat(queue.receive(1, MINUTE)).isEmpty();
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));
    clock.advance(Duration.ofMillis(1));
    assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 0, 0));
    assertThat(receiveOne().receiveCount()).isEqualTo(2);
  }

  @Test
  void deletesByAHandleThatIsLateButTheLatest() {
    queue.send("a");
    ReceiptHandle handle = receiveOne().receiptHandle();
    clock.advance(MINUTE);
    assertThat(queue.delete(handle)).isTrue();
    assertThat(queue.delete(handle)).isFalse();
    assertThat(queue.depth().total()).isZero();
  }

  @Test
  void ignoresTheHandleOfAnEarlierReceive() {
    queue.send("a");
    ReceiptHandle earlier = receiveOne().receiptHandle();
    clock.advance(MINUTE);
    receiveOne();
    assertThat(queue.delete(earlier)).isFalse();
    assertThat(queue.changeVisibility(earlier, Duration.ZERO)).isFalse();
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));
  }

  @Test
  void changesVisibilityFromNowOn() {
    queue.send("a");
    ReceiptHandle handle = receiveOne().receiptHandle();
    assertThat(queue.changeVisibility(handle, MINUTE.multipliedBy(3))).isTrue();
    clock.advance(MINUTE.multipliedBy(2));
    assertThat(queue.depth().inFlight()).isEqualTo(1);
    assertThat(queue.changeVisibility(handle, Duration.ZERO)).isTrue();
    assertThat(queue.depth().visible()).isEqualTo(1);
    assertThat(queue.changeVisibility(handle, MINUTE)).isFalse();
  }

  @Test
  void delaysAMessageAlsoAcrossARestart() {
    queue.send("a", MINUTE);
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 1));
    reopen();
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 1));
    clock.advance(MINUTE);
    assertThat(receiveOne().body()).isEqualTo("a");
  }

  @Test
  void bringsMessagesInFlightBackAtOnceAfterARestartWithTheirCounts() {
    queue.send("a");
    ReceivedMessage before = receiveOne();
    clock.advance(Duration.ofSeconds(1));
    reopen();
    ReceivedMessage after = receiveOne();
    assertThat(after.messageId()).isEqualTo(before.messageId());
    assertThat(after.receiveCount()).isEqualTo(2);
    assertThat(after.firstReceived()).isEqualTo(before.firstReceived());
    assertThat(after.sent()).isEqualTo(before.sent());
  }

  @Test
  void makesADeadLetterOfAMessageReceivedFiveTimes() {
    MessageId id = queue.send("poison");
    for (int i = 0; i < 5; i++) {
      assertThat(receiveOne().receiveCount()).isEqualTo(i + 1);
      clock.advance(MINUTE);
    }
    assertThat(queue.receive(1, MINUTE)).isEmpty();
    assertThat(letters.receive(1, MINUTE))
        .extracting(ReceivedMessage::messageId, ReceivedMessage::body)
        .containsExactly(tuple(id, "poison"));
  }

  @Test
  void countsAReceiveThatWasCutShortByTheDeathOfTheProcessAsNoFailure() {
    queue.send("innocent");
    for (int i = 0; i < 10; i++) {
      assertThat(receiveOne().receiveCount()).isEqualTo(i + 1);
      reopen();
    }
    for (int i = 0; i < 5; i++) {
      assertThat(letters.depth().total()).isZero();
      receiveOne();
      clock.advance(MINUTE);
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(letters.depth()).isEqualTo(new QueueDepth(1, 0, 0));
  }

  @Test
  void countsAFailureThatWasReportedAlsoIfTheProcessDiesBeforeTheNextReceive() {
    queue.send("poison");
    for (int i = 0; i < 5; i++) {
      queue.changeVisibility(receiveOne().receiptHandle(), MINUTE);
      reopen();
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(letters.depth().total()).isEqualTo(1);
  }

  @Test
  void makesADeadLetterOfAMessageThatKilledTheProcessAHundredTimes() {
    queue.send("poison");
    for (int i = 0; i < 100; i++) {
      assertThat(letters.depth().total()).isZero();
      receiveOne();
      reopen();
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(letters.depth()).isEqualTo(new QueueDepth(1, 0, 0));
  }

  @Test
  void redrivesDeadLettersAsIfNeverReceived() {
    MessageId id = queue.send("healed");
    ReceiptHandle old = receiveOne().receiptHandle();
    queue.changeVisibility(old, Duration.ZERO);
    for (int i = 1; i < 5; i++) {
      queue.changeVisibility(receiveOne().receiptHandle(), Duration.ZERO);
    }
    assertThat(queue.redrive()).isEqualTo(1);
    assertThat(letters.depth().total()).isZero();
    reopen();
    ReceivedMessage again = receiveOne();
    assertThat(again.messageId()).isEqualTo(id);
    assertThat(again.receiveCount()).isEqualTo(1);
    assertThat(queue.delete(old)).isFalse();
  }

  @Test
  void hasNothingToRedriveWithoutADeadLetterQueue() {
    assertThatIllegalStateException().isThrownBy(letters::redrive);
  }

  @Test
  void refusesToBeOpenedTwice() {
    assertThatThrownBy(() -> DurableQueue.open(directory.resolve("queue"), clock))
        .isInstanceOf(QueueInUseException.class)
        .hasMessageContaining("is in use");
    queue.send("the first one is unharmed");
    assertThat(queue.depth().visible()).isEqualTo(1);
  }

  @Test
  void refusesBodiesSqsWouldRefuse() {
    String largest = "x".repeat(1 << 20);
    queue.send(largest);
    assertThat(receiveOne().body()).isEqualTo(largest);
    for (String refused : List.of("", largest + "x", "\uD800", "é".repeat(1 << 19) + "x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> queue.send(refused));
      assertThatIllegalArgumentException().isThrownBy(() -> queue.sendAll(List.of("a", refused)));
    }
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));
  }

  @Test
  void refusesTimesOutOfRange() {
    queue.send("a");
    Duration tooLong = DurableQueue.MAX_VISIBILITY.plusNanos(1);
    assertThatIllegalArgumentException().isThrownBy(() -> queue.receive(1, tooLong));
    assertThatIllegalArgumentException().isThrownBy(() -> queue.receive(0, MINUTE));
    assertThatIllegalArgumentException().isThrownBy(() -> queue.send("a", Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.send("a", DurableQueue.MAX_DELAY.plusNanos(1)));
  }

  @Test
  void wakesAWaiterWhenAMessageIsSent()
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::awaitLong);
    queue.send("a");
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void endsAWaitWithoutAMessageAfterItsTimeout() throws InterruptedException {
    assertThat(queue.await(Duration.ofMillis(5))).isFalse();
  }

  private boolean awaitLong() {
    try {
      return queue.await(Duration.ofHours(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isNotHarmedByTheInterruptOfASender() {
    Thread.currentThread().interrupt();
    queue.send("a");
    assertThat(Thread.interrupted()).isTrue();
    queue.send("b");
    reopen();
    assertThat(queue.depth().visible()).isEqualTo(2);
  }

  @Test
  void refusesWorkAfterItsClose() {
    queue.close();
    queue.close();
    assertThatIllegalStateException().isThrownBy(() -> queue.send("a"));
    assertThatIllegalStateException().isThrownBy(() -> queue.receive(1, MINUTE));
  }

  @Test
  void keepsItsLogSmallWhileMessagesComeAndGo() throws IOException {
    queue.send("stays");
    receiveOne();
    List<String> bodies = IntStream.range(0, 100).mapToObj(i -> "y".repeat(1000)).toList();
    for (int i = 0; i < 100; i++) {
      queue.sendAll(bodies);
      queue.deleteAll(
          queue.receive(100, MINUTE).stream().map(ReceivedMessage::receiptHandle).toList());
    }
    assertThat(Files.size(directory.resolve("queue/messages.log"))).isLessThan(3 << 20);
    reopen();
    ReceivedMessage kept = receiveOne();
    assertThat(kept.body()).isEqualTo("stays");
    assertThat(kept.receiveCount()).isEqualTo(2);
    assertThat(queue.depth().total()).isEqualTo(1);
  }
}
