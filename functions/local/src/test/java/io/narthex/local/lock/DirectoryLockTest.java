package io.narthex.local.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir private Path directory;

  private DirectoryLock take() throws IOException {
    return DirectoryLock.take(directory).orElseThrow();
  }

  @Test
  void refusesOtherProcessesAlsoAfterASecondAttemptOfItsOwn() throws IOException {
    try (var _ = take()) {
      assertThat(DirectoryLock.take(directory)).isEmpty();
      try (var other = LockProcess.start(directory)) {
        assertThat(other.answer()).isEqualTo("refused");
      }
    }
  }

  @Test
  void takesWhatADeadProcessHeld() throws IOException {
    try (var other = LockProcess.start(directory)) {
      assertThat(other.answer()).isEqualTo("taken");
      assertThat(DirectoryLock.take(directory)).isEmpty();
    }
    take().close();
  }

  @Test
  void knowsADirectoryByWhateverName() throws IOException {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, directory);
    try (var _ = take()) {
      assertThat(DirectoryLock.take(link)).isEmpty();
      assertThat(DirectoryLock.take(directory.resolve("."))).isEmpty();
    }
    take().close();
  }
}
