package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.QueueDepth;
import io.narthex.local.queue.RedrivePolicy;
import io.narthex.policy.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventPumpTest {
  private static final Pattern MESSAGE_ID = Pattern.compile("\"messageId\":\"([^\"]*)\"");
  private static final LambdaLogger NO_LOG =
      new LambdaLogger() {
        @Override
        public void log(String message) {}

        @Override
        public void log(byte[] message) {}
      };

  private final BlockingQueue<PumpFailure> failures = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final EventSource source =
      new EventSource("eu-west-2", new AccountId("000000000000"), "validate");
  @TempDir private Path directory;
  private DurableQueue letters;
  private DurableQueue queue;

  @BeforeEach
  void open() {
    letters = DurableQueue.open(directory.resolve("letters"), Clock.systemUTC());
    queue =
        DurableQueue.open(directory.resolve("queue"), Clock.systemUTC(), RedrivePolicy.to(letters));
  }

  @AfterEach
  void close() {
    queue.close();
    letters.close();
  }

  /** What a handler makes of an event. */
  private interface Answer {
    String to(String event) throws IOException;
  }

  private EventPump pump(int batchSize, int workers, Duration drain, Answer answer) {
    RequestStreamHandler handler =
        (InputStream in, OutputStream out, Context context) -> {
          String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          events.add(event);
          out.write(answer.to(event).getBytes(StandardCharsets.UTF_8));
        };
    return EventPump.start(
        queue,
        source,
        new LambdaFunction("narthex-validate", handler, Duration.ofMinutes(1), 512, NO_LOG),
        new PumpConfig(batchSize, workers, Duration.ofMinutes(6), Duration.ZERO, drain),
        failures::add,
        Clock.systemUTC());
  }

  private EventPump pump(int batchSize, Answer answer) {
    return pump(batchSize, 1, Duration.ofMinutes(1), answer);
  }

  private static <T> T next(BlockingQueue<T> of) throws InterruptedException {
    T taken = of.poll(1, TimeUnit.MINUTES);
    assertThat(taken).isNotNull();
    return requireNonNull(taken);
  }

  private static String failing(List<String> ids) {
    return ids.stream()
        .map(id -> "{\"itemIdentifier\":\"" + id + "\"}")
        .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
  }

  private static List<String> ids(String event) {
    return MESSAGE_ID.matcher(event).results().map((MatchResult match) -> match.group(1)).toList();
  }

  @Test
  void deletesWhatTheHandlerProcessed() throws InterruptedException {
    String id = queue.send("hello \"world\"").toString();
    try (EventPump pump = pump(10, event -> "")) {
      String event = next(events);
      assertThat(ids(event)).containsExactly(id);
      assertThat(event)
          .contains("\"body\":\"hello \\\"world\\\"\"")
          .contains("\"ApproximateReceiveCount\":\"1\"")
          .contains("\"md5OfBody\":\"b25ea0182bf88bf6c47daaf2e4da5cac\"")
          .contains("\"eventSourceARN\":\"arn:aws:sqs:eu-west-2:000000000000:validate\"");
      assertThat(pump).isNotNull();
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(failures).isEmpty();
  }

  @Test
  void bringsBackOnlyWhatTheHandlerReportedAsFailed() throws InterruptedException {
    List<String> sent =
        queue.sendAll(List.of("a", "b", "c")).stream().map(Object::toString).toList();
    try (EventPump pump =
        pump(10, event -> ids(event).size() > 1 ? failing(sent.subList(1, 2)) : "")) {
      assertThat(ids(next(events))).isEqualTo(sent);
      String second = next(events);
      assertThat(ids(second)).containsExactly(sent.get(1));
      assertThat(second).contains("\"ApproximateReceiveCount\":\"2\"");
      assertThat(next(failures))
          .isInstanceOfSatisfying(
              PumpFailure.ItemsFailed.class,
              failed ->
                  assertThat(failed.failed())
                      .extracting(Object::toString)
                      .containsExactly(sent.get(1)));
      assertThat(pump).isNotNull();
    }
    assertThat(queue.depth().total()).isZero();
  }

  @Test
  void bringsBackTheWholeBatchForAnUnknownIdentifier() throws InterruptedException {
    queue.sendAll(List.of("a", "b"));
    AtomicInteger calls = new AtomicInteger();
    try (EventPump pump =
        pump(10, e -> calls.incrementAndGet() == 1 ? failing(List.of("x")) : "")) {
      assertThat(next(failures)).isInstanceOf(PumpFailure.InvalidResponse.class);
      assertThat(ids(next(events))).isEqualTo(ids(next(events)));
      assertThat(pump).isNotNull();
    }
    assertThat(queue.depth().total()).isZero();
  }

  @Test
  void endsAPoisonMessageAmongTheDeadLetters() throws InterruptedException {
    queue.send("poison");
    queue.send("good");
    try (EventPump pump =
        pump(
            1,
            event -> {
              if (event.contains("poison")) {
                throw new IOException("cannot");
              }
              return "";
            })) {
      for (int i = 0; i < 5; i++) {
        assertThat(next(failures))
            .isInstanceOfSatisfying(
                PumpFailure.HandlerThrew.class,
                threw -> assertThat(threw.cause()).hasMessage("cannot"));
      }
      for (int i = 0; i < 6; i++) {
        next(events);
      }
      assertThat(pump).isNotNull();
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(letters.depth()).isEqualTo(new QueueDepth(1, 0, 0));
    assertThat(events).isEmpty();
  }

  @Test
  void finishesTheRunningBatchAndReceivesNoMoreWhenClosed() throws InterruptedException {
    queue.sendAll(List.of("a", "b"));
    CountDownLatch release = new CountDownLatch(1);
    EventPump pump = pump(1, event -> await(release));
    next(events);
    assertThat(pump.inFlight()).isEqualTo(1);
    Thread closing = Thread.ofPlatform().start(pump::close);
    // The one worker is busy until the latch opens, so the second message can only be received
    // if close() does not stop the poller first.
    while (closing.getState() != Thread.State.WAITING
        && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
    closing.join();
    assertThat(pump.inFlight()).isZero();
    assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 0, 0));
  }

  @Test
  void leavesAHandlerBehindThatOutlastsTheDrain() throws InterruptedException {
    queue.send("slow");
    EventPump pump = pump(1, 1, Duration.ZERO, event -> await(new CountDownLatch(1)));
    next(events);
    pump.close();
    assertThat(next(failures)).isInstanceOf(PumpFailure.HandlerThrew.class);
    assertThat(queue.depth().total()).isEqualTo(1);
  }

  private static String await(CountDownLatch release) throws IOException {
    try {
      release.await();
      return "";
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void failsAHandlerThatRunsPastItsTimeout() throws InterruptedException {
    queue.send("slow");
    AtomicInteger calls = new AtomicInteger();
    RequestStreamHandler handler =
        (in, out, context) -> {
          if (calls.incrementAndGet() == 1) {
            await(new CountDownLatch(1));
          }
        };
    Duration timeout = Duration.ofMillis(50);
    try (EventPump pump =
        EventPump.start(
            queue,
            source,
            new LambdaFunction("narthex-validate", handler, timeout, 512, NO_LOG),
            new PumpConfig(1, 1, Duration.ofMinutes(6), Duration.ZERO, Duration.ofMinutes(1)),
            failures::add,
            Clock.systemUTC())) {
      assertThat(next(failures))
          .isInstanceOfSatisfying(
              PumpFailure.TimedOut.class, e -> assertThat(e.timeout()).isEqualTo(timeout));
      while (queue.depth().total() > 0) {
        Thread.onSpinWait();
      }
      assertThat(pump).isNotNull();
    }
    assertThat(letters.depth().total()).isZero();
  }

  @Test
  void losesNothingWithManyWorkers() throws InterruptedException {
    queue.sendAll(IntStream.range(0, 500).mapToObj(i -> "m" + i).toList());
    try (EventPump pump = pump(7, 4, Duration.ofMinutes(1), event -> "{}")) {
      int seen = 0;
      while (seen < 500) {
        seen += ids(next(events)).size();
      }
      assertThat(seen).isEqualTo(500);
      assertThat(pump).isNotNull();
    }
    assertThat(queue.depth().total()).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void tellsThatTheQueueFails() throws InterruptedException {
    try (EventPump pump = pump(1, event -> "")) {
      queue.close();
      assertThat(next(failures)).isInstanceOf(PumpFailure.QueueFailed.class);
      assertThat(pump.inFlight()).isZero();
    }
  }

  @Test
  void refusesAVisibilityShorterThanTheTimeout() {
    LambdaFunction function =
        new LambdaFunction("f", (in, out, context) -> {}, Duration.ofMinutes(1), 128, NO_LOG);
    PumpConfig config = new PumpConfig(1, 1, Duration.ofSeconds(59), Duration.ZERO, Duration.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EventPump.start(queue, source, function, config, failures::add, Clock.systemUTC()));
  }
}
