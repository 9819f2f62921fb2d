package io.narthex.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the log where a process may have died, and looks at what comes back. */
final class QueueCrashTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  @TempDir private Path directory;

  private Path log() {
    return directory.resolve("messages.log");
  }

  /** What can be seen of a queue that was just opened. */
  private List<String> contents() {
    try (DurableQueue queue = DurableQueue.open(directory, clock)) {
      return queue.receive(100, MINUTE).stream()
          .map(message -> message.body() + " " + message.receiveCount())
          .toList();
    }
  }

  /** Log sizes after each operation, and what had been acknowledged by then. */
  private record Acknowledged(long logSize, List<String> contents) {}

  private List<Acknowledged> operate() throws IOException {
    List<Acknowledged> steps = new ArrayList<>();
    try (DurableQueue queue = DurableQueue.open(directory, clock)) {
      steps.add(new Acknowledged(Files.size(log()), List.of()));
      queue.send("a");
      steps.add(new Acknowledged(Files.size(log()), List.of("a 1")));
      queue.send("bé");
      steps.add(new Acknowledged(Files.size(log()), List.of("a 1", "bé 1")));
      ReceiptHandle first = queue.receive(1, MINUTE).getFirst().receiptHandle();
      steps.add(new Acknowledged(Files.size(log()), List.of("a 2", "bé 1")));
      queue.delete(first);
      steps.add(new Acknowledged(Files.size(log()), List.of("bé 1")));
      queue.send("c");
      steps.add(new Acknowledged(Files.size(log()), List.of("bé 1", "c 1")));
    }
    return steps;
  }

  @Test
  void keepsWhatWasAcknowledgedWhereverTheLogIsCut() throws IOException {
    List<Acknowledged> steps = operate();
    byte[] whole = Files.readAllBytes(log());
    for (int cut = (int) steps.getFirst().logSize(); cut <= whole.length; cut++) {
      Files.write(log(), Arrays.copyOf(whole, cut));
      int at = cut;
      Acknowledged last = steps.stream().filter(step -> step.logSize() <= at).toList().getLast();
      assertThat(contents()).as("cut at %d", cut).isEqualTo(last.contents());
    }
  }

  @Test
  void appendsAfterTheLastWholeRecordOfACutLog() throws IOException {
    List<Acknowledged> steps = operate();
    byte[] whole = Files.readAllBytes(log());
    int before = (int) steps.get(steps.size() - 2).logSize();
    for (int cut = before; cut < whole.length; cut++) {
      Files.write(log(), Arrays.copyOf(whole, cut));
      try (DurableQueue queue = DurableQueue.open(directory, clock)) {
        queue.send("d");
      }
      assertThat(contents()).as("cut at %d", cut).containsExactly("bé 1", "d 1");
    }
  }

  @Test
  void keepsAPrefixOfABatchThatWasCut() throws IOException {
    try (DurableQueue queue = DurableQueue.open(directory, clock)) {
      queue.sendAll(List.of("a", "b", "c"));
    }
    byte[] whole = Files.readAllBytes(log());
    int start = LogReader.magic().length;
    List<String> all = List.of("a 1", "b 1", "c 1");
    for (int cut = start; cut <= whole.length; cut++) {
      Files.write(log(), Arrays.copyOf(whole, cut));
      int records = 3 * (cut - start) / (whole.length - start);
      assertThat(contents()).as("cut at %d", cut).isEqualTo(all.subList(0, records));
    }
  }

  @Test
  void refusesALogDamagedBeforeItsLastRecord() throws IOException {
    List<Acknowledged> steps = operate();
    byte[] whole = Files.readAllBytes(log());
    int lastRecord = (int) steps.get(steps.size() - 2).logSize();
    for (int at = 0; at < lastRecord; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(log(), damaged);
      assertThatThrownBy(this::contents)
          .as("damaged at %d", at)
          .isInstanceOf(CorruptQueueException.class)
          .hasMessageContaining("is corrupt at byte");
    }
  }

  @Test
  void ignoresZerosAfterTheLastRecord() throws IOException {
    List<Acknowledged> steps = operate();
    byte[] whole = Files.readAllBytes(log());
    for (int zeros : new int[] {1, 11, 12, 13, 100_000}) {
      Files.write(log(), Arrays.copyOf(whole, whole.length + zeros));
      assertThat(contents()).as("%d zeros", zeros).isEqualTo(steps.getLast().contents());
    }
  }

  @Test
  void ignoresACompactionThatDidNotEnd() throws IOException {
    List<Acknowledged> steps = operate();
    Files.write(directory.resolve("messages.log.new"), new byte[] {1, 2, 3});
    assertThat(contents()).isEqualTo(steps.getLast().contents());
    assertThat(directory.resolve("messages.log.new")).doesNotExist();
  }

  @Test
  void movesALetterOnceThatWasInBothQueuesWhenTheProcessDied() throws IOException {
    Path lettersDirectory = directory.resolve("letters");
    byte[] before;
    try (DurableQueue letters = DurableQueue.open(lettersDirectory, clock);
        DurableQueue queue =
            DurableQueue.open(directory, clock, new RedrivePolicy(letters, 1, 1))) {
      queue.send("poison");
      queue.receive(1, MINUTE);
      before = Files.readAllBytes(log());
      clock.advance(MINUTE);
      assertThat(queue.depth().total()).isZero();
    }
    Files.write(log(), before);
    try (DurableQueue letters = DurableQueue.open(lettersDirectory, clock);
        DurableQueue queue =
            DurableQueue.open(directory, clock, new RedrivePolicy(letters, 1, 1))) {
      assertThat(queue.depth().total()).isZero();
      assertThat(letters.depth().total()).isEqualTo(1);
    }
  }
}
