package io.narthex.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessDeathTest {
  @TempDir private Path directory;

  @Test
  void keepsWhatAProcessHadAcknowledgedWhenItWasKilled() throws IOException, InterruptedException {
    List<String> lines = linesUntilKilled(3_000);
    Set<String> sent = bodies(lines, "sent ");
    Set<String> deleted = bodies(lines, "deleted ");
    assertThat(deleted).isNotEmpty();

    try (var queue = DurableQueue.open(directory, Clock.systemUTC())) {
      Set<String> left =
          queue.receive(100_000, Duration.ofHours(1)).stream()
              .map(ReceivedMessage::body)
              .collect(Collectors.toSet());
      assertThat(left).doesNotContainAnyElementsOf(deleted);
      sent.removeAll(deleted);
      // The process may have deleted one more than it could say.
      sent.removeAll(left);
      assertThat(sent).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void refusesADirectoryThatAnotherProcessUses() throws IOException, InterruptedException {
    Process process = QueueProcess.start(directory);
    try {
      assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("sent message 1");

      assertThatExceptionOfType(QueueInUseException.class).isThrownBy(this::open);
    } finally {
      process.destroyForcibly().waitFor();
    }
    open().close();
  }

  @Test
  void refusesOtherProcessesAlsoAfterASecondAttemptOfItsOwn()
      throws IOException, InterruptedException {
    try (var _ = open()) {
      assertThatExceptionOfType(QueueInUseException.class).isThrownBy(this::open);

      Process process = QueueProcess.start(directory);
      try {
        assertThat(process.inputReader(UTF_8).readLine()).isNull();
        assertThat(process.waitFor()).isNotZero();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    open().close();
  }

  /** What a process says before it is killed, but for the last line, which may be half of one. */
  private List<String> linesUntilKilled(int count) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    Process process = QueueProcess.start(directory);
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (lines.size() == count) {
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return lines.subList(0, lines.size() - 1);
  }

  private static Set<String> bodies(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private DurableQueue open() {
    return DurableQueue.open(directory, Clock.systemUTC());
  }
}
