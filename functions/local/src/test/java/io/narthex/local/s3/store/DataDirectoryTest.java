package io.narthex.local.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.narthex.local.lock.LockProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path directory;

  @Test
  void staysTakenForOtherProcessesAfterASecondAttemptOfItsOwn() throws IOException {
    try (var _ = DataDirectory.open(directory)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> DataDirectory.open(directory))
          .withMessageContaining("Another process uses " + directory);
      try (var other = LockProcess.start(directory)) {
        assertThat(other.answer()).isEqualTo("refused");
      }
    }
    DataDirectory.open(directory).close();
  }
}
