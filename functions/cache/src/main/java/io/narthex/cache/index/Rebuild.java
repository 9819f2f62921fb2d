package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Builds a whole new generation beside the one that is read, while uploads and deletions go on, and
 * then has it read. Its steps may run in different places, and each of them may be stopped anywhere
 * and run again: {@link #begin}; {@link #build} for each piece in any order; once all of these are
 * done, {@link #sort} for each partition in any order; {@link #finish}.
 */
public final class Rebuild {
  /** So long a generation stays after it was read last. */
  public static final Duration RETIREMENT = Duration.ofDays(7);

  /** So many bytes are read at a time to be sorted, or all that one file is made of. */
  public static final long SORTED_AT_ONCE = 64 << 20;

  /** A rebuild that lacks so many bits is given up: it has a quarter of the shards or fewer. */
  private static final int TOO_SHALLOW = 2;

  /** Pieces that are built at a time. */
  private static final Parallel PIECES = new Parallel(4);

  /** Requests at a time, of one piece. */
  private static final Parallel PATHS = new Parallel(64);

  private final VersionedStore cache;
  private final StoredGenerations generations;
  private final IndexObjects objects;
  private final Pieces pieces;
  private final PieceBuild build;
  private final SortedFiles sorted;
  private final Parallel requests;
  private final Retries retries;
  private final Clock clock;

  /** One that writes the index of a cache into its state bucket. */
  public Rebuild(VersionedStore cache, ObjectStore state, Retries retries, Clock clock) {
    this(cache, state, retries, clock, PATHS);
  }

  Rebuild(VersionedStore cache, ObjectStore state, Retries retries, Clock clock, Parallel paths) {
    this.cache = requireNonNull(cache, "cache is null");
    this.generations = new StoredGenerations(state, paths);
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.build = new PieceBuild(cache, state, retries, paths);
    this.sorted = new SortedFiles(state, paths);
    this.requests = requireNonNull(paths, "paths is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Begins one, or goes on with the one that was begun, unless the cache has grown so much since
   * that its shards would be too large: then that one is given up. From here on writers write to
   * both; if we stop right after it, readers see nothing of it and the next one goes on.
   */
  public Generation begin() {
    return begin(Generation.depthFor(Census.narInfos(cache)));
  }

  /**
   * The same with shards of a given depth, as for a cache that is about to grow.
   *
   * @param depth 0 to {@value Slice#MAX_BITS} bits
   */
  public Generation begin(int depth) {
    return retries.until(
        "the manifest",
        () -> {
          Stored<Manifest> stored = objects.manifest();
          Optional<Generation> left = stored.value().building().map(Manifest.Building::generation);
          if (left.filter(one -> depth - one.depth() < TOO_SHALLOW).isPresent()) {
            return left;
          }
          Manifest begun =
              stored
                  .value()
                  .abandoned(clock.instant())
                  .building(depth, clock.instant(), generations.numbers());
          return objects.swap(stored, begun)
              ? begun.building().map(Manifest.Building::generation)
              : Optional.empty();
        });
  }

  /** The pieces that a generation is built in. */
  public List<Slice> pieces(Generation generation) {
    return generation.pieces();
  }

  /** Builds a piece, unless that was done. Returns how many paths it has. */
  public long build(Generation generation, Slice piece) {
    return build.build(generation, piece, _ -> {});
  }

  /** The partitions of a generation's sorted files. */
  public List<Slice> partitions(Generation generation) {
    return generation.partitions();
  }

  /**
   * Writes the sorted files of a partition, unless that was done. Every piece must be built.
   *
   * @return how many paths it has by their names
   * @throws StoreException if a piece is not built
   */
  public long sort(Generation generation, Slice partition) {
    try {
      return sorted.sort(generation, partition);
    } catch (StoreException e) {
      // Who finishes the same rebuild removes what we read, and has sorted everything.
      if (objects.manifest().value().isServed(generation)) {
        return sorted.sort(generation, partition);
      }
      throw e;
    }
  }

  /** Hears how far a rebuild is. */
  @FunctionalInterface
  public interface Progress {
    /** The step in which paths are looked at; it counts them. */
    String PATHS = "paths";

    /** The step after it, in which partitions are sorted. */
    String PARTITIONS = "partitions";

    /**
     * So much of a step is done, what was done before a restart included.
     *
     * @param step what is counted, e.g. {@link #PATHS}
     * @param total about how many there are; exact once all are done
     */
    void done(String step, long done, long total);
  }

  /** All of it, from its beginning or from where it was left. */
  public Finished run(Progress progress) {
    long total = Census.narInfos(cache);
    Generation generation = begin(Generation.depthFor(total));
    List<Built> pieces = PATHS.map(pieces(generation), piece -> built(generation, piece));
    var done = new AtomicLong(pieces.stream().mapToLong(Built::paths).sum());
    progress.done(Progress.PATHS, done.get(), Math.max(total, done.get()));
    LongConsumer written =
        paths -> {
          long now = done.addAndGet(paths);
          progress.done(Progress.PATHS, now, Math.max(total, now));
        };
    PIECES.map(
        pieces.stream().filter(piece -> !piece.isDone()).toList(),
        piece -> build.build(generation, piece.slice(), written));
    progress.done(Progress.PATHS, done.get(), done.get());
    sort(generation, progress);
    return finish(generation);
  }

  private void sort(Generation generation, Progress progress) {
    List<Slice> partitions = partitions(generation);
    for (int i = 0; i < partitions.size(); i++) {
      sort(generation, partitions.get(i));
      progress.done(Progress.PARTITIONS, i + 1, partitions.size());
    }
  }

  /** A piece, and how many paths of it were written before; none unless it is done. */
  private record Built(Slice slice, boolean isDone, long paths) {}

  private Built built(Generation generation, Slice piece) {
    return pieces
        .read(generation, piece)
        .filter(Pieces.Progress::isDone)
        .map(read -> new Built(piece, true, read.paths()))
        .orElseGet(() -> new Built(piece, false, 0));
  }

  /** Whether there is none yet that is read. */
  public boolean isNeeded() {
    return objects.manifest().value().served().isEmpty();
  }

  /** What a finished rebuild came to. */
  public record Finished(Generation generation, long paths) {}

  /**
   * Has the generation read, once every piece, every set and every partition of it is there. If we
   * stop right after the swap, everything is done but that nobody was told, and that what was only
   * there to be sorted is still there.
   *
   * @throws StoreException if anything is missing: the steps before this one have not all been done
   */
  public Finished finish(Generation generation) {
    long paths = count(generation);
    Finished finished =
        retries.until("the manifest", () -> swap(generation, new Finished(generation, paths)));
    sorted.removeRuns(generation);
    return finished;
  }

  private Optional<Finished> swap(Generation generation, Finished finished) {
    Stored<Manifest> stored = objects.manifest();
    if (stored.value().isServed(generation)) {
      return Optional.of(finished);
    }
    Manifest.Building building =
        stored
            .value()
            .building()
            .filter(being -> being.generation().equals(generation))
            .orElseThrow(
                () ->
                    new StoreException(
                        "generation %d is not being built any more: it was given up"
                            .formatted(generation.number())));
    sorted.finish(generation, building.begun());
    Manifest swapped = stored.value().swapped(finished.paths(), clock.instant());
    return objects.swap(stored, swapped) ? Optional.of(finished) : Optional.empty();
  }

  private long count(Generation generation) {
    requests.map(pieces(generation), piece -> requireDone(generation, piece));
    List<Slice> sets = Slice.ALL.split(generation.setBits()).toList();
    return requests.map(sets, set -> count(generation, set)).stream().mapToLong(n -> n).sum();
  }

  private long requireDone(Generation generation, Slice piece) {
    return pieces
        .read(generation, piece)
        .filter(Pieces.Progress::isDone)
        .orElseThrow(() -> new StoreException(generation.pieceKey(piece) + " is not done"))
        .paths();
  }

  private long count(Generation generation, Slice set) {
    CompactSet stored = objects.set(generation, set).value();
    if (!stored.isComplete()) {
      throw new StoreException(generation.setKey(set) + " is not complete");
    }
    return stored.paths();
  }

  /**
   * Removes the objects of generations that were read last more than {@link #RETIREMENT} ago, and
   * what was written to older ones after they were removed. If we stop in between, the manifest
   * still names it and the next run goes on.
   *
   * @return how many objects were removed
   */
  public long expire() {
    Instant before = clock.instant().minus(RETIREMENT);
    Manifest manifest = objects.manifest().value();
    long removed = 0;
    for (Manifest.Retired retired : manifest.retired()) {
      if (retired.since().isBefore(before)) {
        removed += generations.remove(retired.number());
        forget(retired);
      }
    }
    for (int number : generations.numbers()) {
      removed += manifest.isForgotten(number) ? generations.remove(number) : 0;
    }
    return removed;
  }

  private void forget(Manifest.Retired removed) {
    retries.until(
        "the manifest",
        () -> {
          Stored<Manifest> stored = objects.manifest();
          return Optional.of(true)
              .filter(_ -> objects.swap(stored, stored.value().without(removed)));
        });
  }
}
