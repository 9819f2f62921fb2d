package io.narthex.bench.index;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Times what the index does at one size, and counts the requests and bytes of it. */
public final class IndexAtScale {
  private static final int ASKED = 5000;
  private static final int UPDATED = 1000;

  private final SyntheticPaths paths;
  private final SyntheticCache cache;
  private final DirectoryStore state;
  private final Retries retries =
      new Retries(pause -> LockSupport.parkNanos(pause.toNanos()), bound -> bound / 2);
  private final Random random = new Random(1);

  private IndexAtScale(Path scratch, long entries) {
    this.paths = new SyntheticPaths(entries);
    this.cache = new SyntheticCache(paths);
    this.state = new DirectoryStore(scratch);
  }

  /** Prints the figures of a cache of that many paths. */
  public static void run(long entries) throws IOException {
    Path scratch = Files.createTempDirectory("narthex-index");
    try {
      new IndexAtScale(scratch, entries).run();
    } finally {
      try (Stream<Path> files = Files.list(scratch)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(scratch);
    }
  }

  private void run() {
    System.out.printf("%,d paths%n", paths.count());
    measured("rebuild", paths.count(), this::rebuild);
    System.out.printf(
        "  %,d bytes of shards, %,d of sets; peak heap %d MB%n",
        state.bytes("index/1/shards/"), state.bytes("index/1/sets/"), peakHeap() >> 20);
    measured("update of " + UPDATED + " random paths", UPDATED, this::update);
    var reader = new IndexReader(state, Clock.systemUTC());
    List<StorePathHash> asked = asked();
    measured("missing, " + ASKED + " hashes, cold", ASKED, () -> missing(reader, asked));
    measured("missing, " + ASKED + " hashes, warm", ASKED, () -> missing(reader, asked));
    measured("missing, " + ASKED + " hashes, warm", ASKED, () -> missing(reader, asked));
  }

  private void rebuild() {
    var _ =
        new Rebuild(cache, state, retries, Clock.systemUTC()).run((paths, pieces, ofPieces) -> {});
  }

  private void update() {
    List<StorePathHash> changed = new ArrayList<>();
    for (int i = 0; i < UPDATED; i++) {
      changed.add(paths.hash(random.nextLong(paths.count())));
    }
    var _ = new IndexUpdate(cache, state, retries).look(changed);
  }

  /** All of them are there. */
  private List<StorePathHash> asked() {
    return random
        .longs(0, paths.count())
        .distinct()
        .limit(Math.min(ASKED, paths.count()))
        .mapToObj(paths::hash)
        .toList();
  }

  private static void missing(IndexReader reader, List<StorePathHash> asked) {
    Generation generation = reader.served().orElseThrow();
    int found = reader.verdicts(generation, asked).size();
    if (found != asked.size()) {
      throw new IllegalStateException(found + " of " + asked.size());
    }
  }

  private void measured(String what, long count, Runnable work) {
    long requests = cache.requests() + state.requests();
    long start = System.nanoTime();
    work.run();
    var time = Duration.ofNanos(System.nanoTime() - start);
    requests = cache.requests() + state.requests() - requests;
    System.out.printf(
        Locale.ROOT,
        "%-36s %10.3f s  %,12.0f a second  %,10d requests, %.3f each%n",
        what,
        time.toMillis() / 1000.0,
        count * 1e9 / time.toNanos(),
        requests,
        (double) requests / count);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
