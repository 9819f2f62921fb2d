package io.narthex.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.audit.Spool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSpoolTest {
  private static final byte[] ONE = "one".getBytes(UTF_8);

  @TempDir Path directory;

  private static FileSpool kept(Path file) {
    return FileSpool.kept(file, ONE, first -> "begun with '" + new String(first, UTF_8) + "'");
  }

  private static List<String> texts(Spool spool) {
    List<String> texts = new ArrayList<>();
    for (long at = 0; at < spool.end(); at = spool.next(at)) {
      texts.add(new String(spool.read(at), UTF_8));
    }
    return texts;
  }

  @Test
  void recordsOfAllSizesAreReadAgain() throws IOException {
    String large = "x".repeat(1 << 19);
    try (FileScratch scratch = FileScratch.in(directory)) {
      Spool spool = scratch.spool("of test");
      long at = spool.append("one".getBytes(UTF_8));
      spool.append(large.getBytes(UTF_8));
      spool.append(new byte[0]);
      spool.append("last".getBytes(UTF_8));
      assertThat(new String(spool.read(at), UTF_8)).isEqualTo("one");
      assertThat(texts(spool)).containsExactly("one", large, "", "last");
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void memoryIsZeroAndStays() {
    try (FileScratch scratch = FileScratch.in(directory)) {
      MemorySegment memory = scratch.memory("numbers", 1 << 20);
      assertThat(memory.get(ValueLayout.JAVA_LONG, 1 << 10)).isZero();
      memory.set(ValueLayout.JAVA_LONG, 1 << 10, 7);
      assertThat(memory.get(ValueLayout.JAVA_LONG, 1 << 10)).isEqualTo(7);
      assertThat(scratch.memory("nothing", 0).byteSize()).isZero();
    }
  }

  @Test
  void whatIsKeptIsThereAgainWithoutWhatWasCutOff() throws IOException {
    Path file = directory.resolve("state");
    try (Spool spool = kept(file)) {
      spool.append("one".getBytes(UTF_8));
      spool.append("two".getBytes(UTF_8));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[] {0, 0, 0, 9, 'c', 'u', 't'}, StandardOpenOption.APPEND);
    try (Spool spool = kept(file)) {
      assertThat(texts(spool)).containsExactly("one", "two");
      spool.append("three".getBytes(UTF_8));
    }
    try (Spool spool = kept(file)) {
      assertThat(texts(spool)).containsExactly("one", "two", "three");
    }
    assertThat(Files.readAllBytes(file)).startsWith(whole);
  }

  @Test
  void aFileOfAnotherKindStaysAsItIs() throws IOException {
    Path file = directory.resolve("paths.txt");
    Files.writeString(file, "/nix/store/a\n/nix/store/b\n");
    assertThatThrownBy(() -> kept(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("paths.txt is begun with ''");
    assertThat(file).hasContent("/nix/store/a\n/nix/store/b\n");
  }

  @Test
  void oneThatBeginsOtherwiseStaysAsItIs() {
    Path file = directory.resolve("state");
    try (Spool spool = FileSpool.kept(file, "two".getBytes(UTF_8), first -> "")) {
      spool.append("two".getBytes(UTF_8));
    }
    assertThatThrownBy(() -> kept(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("state is begun with 'two'");
    assertThat(file).hasSize(7);
  }

  @Test
  void oneThatWasCutInItsFirstRecordIsEmpty() throws IOException {
    Path file = directory.resolve("state");
    Files.write(file, new byte[] {0, 0, 0, 3, 'o'});
    try (Spool spool = kept(file)) {
      assertThat(spool.end()).isZero();
    }
  }

  @Test
  void twoCannotKeepInOneFile() {
    Path file = directory.resolve("state");
    Spool first = kept(file);
    try (first) {
      assertThatThrownBy(() -> kept(file)).isInstanceOf(IllegalStateException.class);
    }
  }
}
