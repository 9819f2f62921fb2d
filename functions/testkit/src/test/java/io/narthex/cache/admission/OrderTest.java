package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of uploads and events does not matter: a thousand paths, references 30 deep. */
@Execution(ExecutionMode.CONCURRENT)
class OrderTest {
  private static final int PATHS = 1000;
  private static final int DEPTH = 30;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void verifiesEverythingInAnyOrderAndReadsEachNarOnce(long seed) {
    Random random = new Random(seed);
    SampleStore store = new SampleStore(seed);
    MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    List<SamplePath> paths = layered(store, random);
    List<Runnable> uploads = new ArrayList<>();
    for (SamplePath path : paths) {
      uploads.add(() -> cache.cache().upload(path.narKey(), path.file()));
      uploads.add(() -> cache.cache().upload(path.narInfoKey(), path.narInfoBytes()));
    }
    Collections.shuffle(uploads, random);
    for (Runnable upload : uploads) {
      upload.run();
      while (random.nextInt(3) == 0) {
        cache.deliverOne(random);
      }
    }
    cache.drain(random);

    assertThat(paths).allMatch(path -> cache.verdict(path.narInfoKey()).equals(verified()));
    assertThat(paths).allMatch(path -> cache.verdict(path.narKey()).equals(verified()));
    assertThat(cache.deadLetters()).isEmpty();
    assertThat(cache.state().listAll("waiting/")).isEmpty();
    assertThat(narReads(cache).values()).hasSize(PATHS).allMatch(reads -> reads == 1);
  }

  private static Optional<VerdictTag> verified() {
    return Optional.of(VerdictTag.VERIFIED);
  }

  private static Map<String, Long> narReads(MemoryCache cache) {
    return cache.cache().requests().stream()
        .filter(request -> request.operation().equals("GetObjectVersion"))
        .map(Fault.Request::key)
        .filter(key -> key.startsWith("nar/"))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Layer upon layer, each path with a few references one layer down, and some to itself. */
  private static List<SamplePath> layered(SampleStore store, Random random) {
    List<SamplePath> all = new ArrayList<>();
    List<SamplePath> below = List.of();
    for (int layer = 0; layer < DEPTH; layer++) {
      List<SamplePath> here = new ArrayList<>();
      int size = layer == 0 ? PATHS - (DEPTH - 1) * (PATHS / DEPTH) : PATHS / DEPTH;
      for (int i = 0; i < size; i++) {
        here.add(
            store.path(
                "path-" + layer + "-" + i, Compression.ZSTD, references(below, all, random)));
      }
      all.addAll(here);
      below = here;
    }
    return all;
  }

  private static List<StorePath> references(
      List<SamplePath> below, List<SamplePath> all, Random random) {
    if (below.isEmpty()) {
      return List.of();
    }
    List<StorePath> references = new ArrayList<>();
    references.add(below.get(random.nextInt(below.size())).storePath());
    for (int i = random.nextInt(4); i > 0; i--) {
      references.add(all.get(random.nextInt(all.size())).storePath());
    }
    return references;
  }
}
