package io.narthex.bench.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.narthex.bench.price.Calls;
import io.narthex.bench.price.Scale;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.nix.path.StorePathHash;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuiltIndexTest {
  private static final int PATHS = 20_000;

  @TempDir Path directory;

  private final SyntheticPaths paths = new SyntheticPaths(PATHS);
  private final SyntheticCache cache = new SyntheticCache(paths);
  private DirectoryStore state;

  @BeforeEach
  void rebuild() {
    state = new DirectoryStore(directory);
    var _ =
        new Rebuild(cache, state, new Retries(_ -> {}, bound -> bound / 2), Clock.systemUTC())
            .run((step, done, total) -> {});
  }

  /** Which is what docs/scale.md is worked out from. */
  @Test
  void tookTheCallsThatAreCounted() {
    Calls counted = new Scale(PATHS).rebuild();
    long writes = state.writes() + cache.lists();
    long reads = state.requests() + cache.requests() - writes;
    assertThat((double) writes).isCloseTo(counted.writes(), withinPercentage(5));
    assertThat((double) reads).isCloseTo(counted.reads(), withinPercentage(1));
  }

  @Test
  void saysWhichPathsAreMissing() {
    Asked asked = Asked.of(paths, 1000, new Random(3));
    assertThat(asked.all()).hasSize(1000);
    List<String> absent = new AskedIndex(state).absent(AskedIndex.question(asked.all()));
    assertThat(absent)
        .containsExactlyInAnyOrderElementsOf(
            asked.absent().stream().map(StorePathHash::nix32).toList());
  }

  @Test
  void hasClosuresOfAFamily() {
    long count = new AskedIndex(state).closure(paths.hash(paths.root()));
    assertThat(count).isBetween(SyntheticPaths.FAMILY / 2L, SyntheticPaths.FAMILY * 6L / 5);
  }
}
