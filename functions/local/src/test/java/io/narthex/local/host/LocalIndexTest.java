package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIndexTest {
  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  @TempDir private Path directory;

  /** What is served does not depend on it, and to mend it takes this host. */
  @Test
  void startsThoughItsManifestCannotBeRead() {
    state.upload("index/manifest.json", "something else".getBytes(UTF_8));
    try (var index = new LocalIndex(directory, clock);
        LocalIndex.Working working = index.start(cache, state, "eu-west-2", view(), clock)) {
      assertThat(working.tasks().state(1)).isEmpty();
    }
    assertThat(shown.toString(UTF_8)).contains("index/manifest.json");
  }

  private OutcomeView view() {
    return new OutcomeJson(new PrintStream(shown, true, UTF_8));
  }
}
