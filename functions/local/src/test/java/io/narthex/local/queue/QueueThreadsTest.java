package io.narthex.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueThreadsTest {
  private static final int THREADS = 4;
  private static final int EACH = 1500;

  private final Queue<String> handled = new ConcurrentLinkedQueue<>();
  @TempDir private Path directory;

  @Test
  void losesNothingAndHandsOutNothingTwiceWhileHidden()
      throws ExecutionException, InterruptedException {
    try (DurableQueue queue = DurableQueue.open(directory, Clock.systemUTC());
        var threads = Executors.newFixedThreadPool(2 * THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int sender = i;
        running.add(threads.submit(() -> send(queue, sender)));
        running.add(threads.submit(() -> consume(queue)));
      }
      for (Future<?> one : running) {
        one.get();
      }
      assertThat(queue.depth().total()).isZero();
    }
    List<String> sent =
        IntStream.range(0, THREADS * EACH).mapToObj(i -> i / EACH + "." + i % EACH).toList();
    assertThat(handled).containsExactlyInAnyOrderElementsOf(sent);
    try (DurableQueue queue = DurableQueue.open(directory, Clock.systemUTC())) {
      assertThat(queue.depth().total()).isZero();
    }
  }

  private static void send(DurableQueue queue, int sender) {
    for (int i = 0; i < EACH; i++) {
      queue.send(sender + "." + i);
    }
  }

  private boolean consume(DurableQueue queue) throws InterruptedException {
    while (handled.size() < THREADS * EACH) {
      queue.await(Duration.ofMillis(20));
      for (ReceivedMessage message : queue.receive(7, Duration.ofHours(1))) {
        handled.add(message.body());
        assertThat(queue.delete(message.receiptHandle())).isTrue();
      }
    }
    return true;
  }
}
