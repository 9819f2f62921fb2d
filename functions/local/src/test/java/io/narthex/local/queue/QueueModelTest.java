package io.narthex.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations do to the queue what they do to the model. */
final class QueueModelTest {
  private static final int MAX_RECEIVES = 3;
  private static final int MAX_INTERRUPTIONS = 2;

  private final SettableClock clock = new SettableClock();
  private final ModelQueue model = new ModelQueue(clock, MAX_RECEIVES, MAX_INTERRUPTIONS);
  private final List<ReceivedMessage> handles = new ArrayList<>();
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheModel(long seed) {
    Random random = new Random(seed);
    for (int life = 0; life < 20; life++) {
      try (DurableQueue letters = DurableQueue.open(directory.resolve("letters"), clock);
          DurableQueue queue =
              DurableQueue.open(
                  directory.resolve("queue"),
                  clock,
                  new RedrivePolicy(letters, MAX_RECEIVES, MAX_INTERRUPTIONS))) {
        for (int step = 0; step < 60; step++) {
          step(queue, random);
          assertThat(queue.depth()).as("life %d step %d", life, step).isEqualTo(model.depth());
          assertThat(letters.depth().visible()).isEqualTo(model.letters());
        }
      }
      model.restart();
    }
  }

  private void step(DurableQueue queue, Random random) {
    Duration time = Duration.ofSeconds(random.nextInt(5));
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> send(queue, random, time);
      case 4, 5, 6, 7 -> receive(queue, 1 + random.nextInt(4), time);
      case 8, 9, 10 -> delete(queue, random);
      case 11, 12 -> changeVisibility(queue, random, time);
      case 13, 14 -> clock.advance(time);
      default -> redrive(queue, random);
    }
  }

  private void send(DurableQueue queue, Random random, Duration time) {
    String body = Long.toHexString(random.nextLong());
    Duration delay = random.nextBoolean() ? Duration.ZERO : time;
    queue.send(body, delay);
    model.send(body, delay);
  }

  private void receive(DurableQueue queue, int max, Duration time) {
    List<ReceivedMessage> received = queue.receive(max, time);
    handles.addAll(received);
    assertThat(received)
        .extracting(message -> message.body() + " " + message.receiveCount())
        .isEqualTo(model.receive(max, time));
  }

  private void delete(DurableQueue queue, Random random) {
    if (!handles.isEmpty()) {
      ReceivedMessage any = handles.get(random.nextInt(handles.size()));
      assertThat(queue.delete(any.receiptHandle())).isEqualTo(model.delete(any));
    }
  }

  private void changeVisibility(DurableQueue queue, Random random, Duration time) {
    if (!handles.isEmpty()) {
      ReceivedMessage any = handles.get(random.nextInt(handles.size()));
      assertThat(queue.changeVisibility(any.receiptHandle(), time))
          .isEqualTo(model.changeVisibility(any, time));
    }
  }

  private void redrive(DurableQueue queue, Random random) {
    if (random.nextInt(4) == 0) {
      assertThat(queue.redrive()).isEqualTo(model.redrive());
      // The model knows a receive by body and count, which a redrive repeats.
      handles.clear();
    }
  }
}
