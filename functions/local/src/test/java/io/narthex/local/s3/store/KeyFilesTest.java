package io.narthex.local.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.s3.model.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
  private static final ObjectName NAME = new ObjectName("example-nix-cache", "nar/x.nar");
  private static final String MARKER = "(marker)";

  @TempDir private Path directory;

  /** From an id to the content or {@link #MARKER}, oldest first. */
  private final SequencedMap<String, String> expected = new TreeMap<>();

  @Test
  void readsAsBeforeOrAfterWhereverTheProcessDies() throws IOException {
    Random random = new Random(7);
    try (DataDirectory data = DataDirectory.open(directory)) {
      for (int step = 0; step < 2000; step++) {
        KeyFiles files = new KeyFiles(data, NAME);
        boolean dies = random.nextInt(3) == 0;
        change(data, files, random, String.format("%016X", step));
        if (dies) {
          files.adopt();
        }
        files.settle();
        assertAgrees(files);
      }
    }
  }

  private void change(DataDirectory data, KeyFiles files, Random random, String id)
      throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> {
        Path staged = Files.writeString(data.staging().resolve("staged"), id);
        Attributes.VERSION.write(staged, id);
        files.add(staged, id);
        expected.put(id, id);
      }
      case 1 -> {
        files.hide(id);
        expected.put(id, MARKER);
      }
      default -> {
        if (!expected.isEmpty()) {
          int victim = random.nextInt(expected.size());
          String victimId = expected.keySet().stream().skip(victim).findFirst().orElseThrow();
          files.drop(files.find(victimId).orElseThrow());
          expected.remove(victimId);
        }
      }
    }
  }

  private void assertAgrees(KeyFiles files) throws IOException {
    assertThat(files.versions())
        .extracting(VersionFile::id)
        .containsExactlyElementsOf(expected.keySet());
    Optional<String> newest =
        Optional.ofNullable(expected.lastEntry())
            .map(e -> e.getValue())
            .filter(v -> !v.equals(MARKER));
    Optional<Path> current = files.current();
    assertThat(current.isPresent()).isEqualTo(newest.isPresent());
    if (current.isPresent()) {
      assertThat(Files.readString(current.get())).isEqualTo(newest.get());
    }
  }
}
