package io.narthex.bench.index;

import io.narthex.bench.index.Stopwatch.Took;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Times what the index does at one size, and counts the requests and bytes of it. */
public final class IndexAtScale {
  private static final int ASKED = 5000;
  private static final int UPDATED = 1000;
  private static final int TIMES = 5;
  private static final int PIECES = 4;
  private static final int GENERATED = 200_000;
  private static final int WARMING = 100_000;

  private final SyntheticPaths paths;
  private final SyntheticCache cache;
  private final DirectoryStore state;
  private final Stopwatch stopwatch;
  private final Retries retries =
      new Retries(pause -> LockSupport.parkNanos(pause.toNanos()), bound -> bound / 2);
  private final Random random = new Random(1);

  private IndexAtScale(Path scratch, long entries) {
    this.paths = new SyntheticPaths(entries);
    this.cache = new SyntheticCache(paths);
    this.state = new DirectoryStore(scratch);
    this.stopwatch = new Stopwatch(() -> cache.requests() + state.requests());
  }

  /**
   * Prints the figures of a cache of that many paths. Another one is rebuilt before it, so that
   * they are those of compiled code.
   */
  public static void run(long entries) throws IOException {
    inScratch(scratch -> new IndexAtScale(scratch, WARMING).warmUp());
    inScratch(scratch -> new IndexAtScale(scratch, entries).run());
  }

  private static void inScratch(Consumer<Path> work) throws IOException {
    Path scratch = Files.createTempDirectory("narthex-index");
    try {
      work.accept(scratch);
    } finally {
      try (Stream<Path> files = Files.list(scratch)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(scratch);
    }
  }

  private void warmUp() {
    cache.readAll((int) paths.count());
    var _ = new Rebuild(cache, state, retries, Clock.systemUTC()).run((step, done, total) -> {});
    update();
  }

  private void run() {
    System.out.printf(Locale.ROOT, "%,d paths%n", paths.count());
    Took generated = generate();
    generated.print("the generator alone, a few paths");
    Rebuild rebuild = new Rebuild(cache, state, retries, Clock.systemUTC());
    Generation generation = rebuild.begin(Generation.depthFor(paths.count()));
    Took built = stopwatch.time(paths.count(), () -> build(rebuild, generation));
    built.print("rebuild: the paths into shards");
    printRebuild(built, generated);
    printObjects("runs, until they are sorted", "index/1/runs/");
    stopwatch
        .time(paths.count(), () -> sort(rebuild, generation))
        .print("rebuild: the sorted files");
    printHeap();
    printObjects("shards", "index/1/shards/");
    printObjects("sets", "index/1/sets/");
    printObjects("files of referrers", "index/1/referrers/");
    printObjects("files of names", "index/1/names/");
    stopwatch.time(UPDATED, this::update).print("update of 1,000 random paths");
    missing();
    closure();
    new Questions(state, stopwatch).print(paths.hash(paths.root()));
  }

  /** Lists and reads paths as a rebuild does, and does nothing with them. */
  private Took generate() {
    int count = (int) Math.min(GENERATED, paths.count());
    cache.readAll(count);
    return stopwatch.time(count, () -> cache.readAll(count));
  }

  /** The first step of a rebuild, as many pieces at a time as it does itself. */
  private static void build(Rebuild rebuild, Generation generation) {
    var _ =
        rebuild.pieces(generation).stream()
            .gather(Gatherers.mapConcurrent(PIECES, piece -> rebuild.build(generation, piece)))
            .count();
  }

  /** The second one, and the end. */
  private static void sort(Rebuild rebuild, Generation generation) {
    rebuild.partitions(generation).forEach(partition -> rebuild.sort(generation, partition));
    var _ = rebuild.finish(generation);
  }

  private static void printRebuild(Took rebuilt, Took generated) {
    System.out.printf(
        Locale.ROOT,
        "  %,.0f a second; of a core %,.0f, without the generator %,.0f%n",
        rebuilt.items() / rebuilt.wallSeconds(),
        rebuilt.aCore(),
        1e6 / (rebuilt.micros() - generated.micros()));
    printHeap();
  }

  private static void printHeap() {
    System.out.printf(
        Locale.ROOT,
        "  heap: %d MB at most, of which %d were in use after a collection%n",
        Stopwatch.peakHeap() >> 20,
        Stopwatch.liveHeap() >> 20);
  }

  private void printObjects(String what, String prefix) {
    long bytes = state.bytes(prefix);
    long objects = state.objects(prefix);
    System.out.printf(
        Locale.ROOT,
        "  %,d %s of %,d bytes, %.2f bytes a path%n",
        objects,
        what,
        bytes / Math.max(1, objects),
        (double) bytes / paths.count());
  }

  private void update() {
    List<StorePathHash> changed = new ArrayList<>();
    for (int i = 0; i < UPDATED; i++) {
      long number = random.nextLong(paths.count());
      cache.uploadAgain(number);
      changed.add(paths.hash(number));
    }
    var _ = new IndexUpdate(cache, state, retries).look(changed);
  }

  /** Who asks anew has read nothing yet; what it has read it remembers. */
  private void missing() {
    Asked asked = Asked.of(paths, ASKED, random);
    byte[] question = AskedIndex.question(asked.all());
    median(
            () -> {
              var index = new AskedIndex(state);
              return time(asked.all().size(), () -> asked.requireAnswered(index.absent(question)));
            })
        .print("missing, 5,000 hashes, cold");
    var index = new AskedIndex(state);
    asked.requireAnswered(index.absent(question));
    median(() -> time(asked.all().size(), () -> asked.requireAnswered(index.absent(question))))
        .print("missing, 5,000 hashes, warm");
  }

  private void closure() {
    StorePathHash root = paths.hash(paths.root());
    var index = new AskedIndex(state);
    long count = index.closure(root);
    median(() -> time(count, () -> requireSame(count, index.closure(root))))
        .print("closure of %,d paths".formatted(count));
  }

  static void requireSame(long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException(found + " instead of " + expected);
    }
  }

  private Took time(long items, Runnable work) {
    return stopwatch.time(items, work);
  }

  /** Of a few times that something is done, the one in the middle. */
  static Took median(Supplier<Took> work) {
    return Stream.generate(work)
        .limit(TIMES)
        .sorted(Comparator.comparingLong(Took::wall))
        .toList()
        .get(TIMES / 2);
  }
}
