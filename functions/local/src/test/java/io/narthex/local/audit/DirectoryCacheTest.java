package io.narthex.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryCacheTest {
  private static final ObjectKey KEY = new ObjectKey("nar/one.nar");

  @TempDir Path directory;

  private DirectoryCache cache() throws IOException {
    Files.createDirectories(directory.resolve("nar"));
    Files.write(directory.resolve(KEY.value()), new byte[100_000]);
    return new DirectoryCache(directory);
  }

  @Test
  void aFileThatIsNotThereIsAbsent() throws IOException {
    assertThat(cache().head(new ObjectKey("nar/other.nar"))).isEmpty();
    assertThat(cache().open(new ObjectKey("nar/other.nar"))).isEmpty();
    assertThat(cache().head(new ObjectKey("nar"))).isEmpty();
  }

  @Test
  void aFileIsReadAsItIs() throws IOException {
    try (ObjectContent content = cache().open(KEY).orElseThrow()) {
      assertThat(content.readAll()).hasSize(100_000);
    }
  }

  @Test
  void oneThatChangesWhileItIsReadFails() throws IOException {
    try (ObjectContent content = cache().open(KEY).orElseThrow()) {
      assertThat(content.bytes().readNBytes(1000)).hasSize(1000);
      Files.setLastModifiedTime(directory.resolve(KEY.value()), FileTime.fromMillis(1));
      assertThatThrownBy(() -> content.bytes().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed");
    }
  }

  @Test
  void oneThatIsCutWhileItIsReadFails() throws IOException {
    try (ObjectContent content = cache().open(KEY).orElseThrow()) {
      assertThat(content.bytes().readNBytes(1000)).hasSize(1000);
      Files.write(directory.resolve(KEY.value()), new byte[2000]);
      assertThatThrownBy(() -> content.bytes().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void onlyNarinfosAreListed() throws IOException {
    StorePathHash hash = new StorePathHash("0".repeat(32));
    for (String name : new String[] {hash + ".narinfo", hash + ".ls", "x.narinfo"}) {
      Files.writeString(directory.resolve(name), "");
    }
    Set<StorePathHash> found = new HashSet<>();
    cache().list(found::add);
    assertThat(found).containsExactly(hash);
  }
}
