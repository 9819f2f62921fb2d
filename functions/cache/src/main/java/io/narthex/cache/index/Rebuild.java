package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexObjects.Stored;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Builds a whole new generation beside the one that is read, while uploads and deletions go on, and
 * then has it read. Its steps may run in different places, and each of them may be stopped anywhere
 * and run again: {@link #begin}, {@link #build} for each piece in any order, {@link #finish}.
 */
public final class Rebuild {
  /** So long a generation stays after it was read last. */
  public static final Duration RETIREMENT = Duration.ofDays(7);

  /** Pieces that are built at a time. */
  private static final Parallel PIECES = new Parallel(4);

  /** Requests at a time, of one piece. */
  private static final Parallel PATHS = new Parallel(64);

  private final VersionedStore cache;
  private final ObjectStore state;
  private final IndexObjects objects;
  private final Pieces pieces;
  private final PieceBuild build;
  private final Retries retries;
  private final Clock clock;

  /** One that writes the index of a cache into its state bucket. */
  public Rebuild(VersionedStore cache, ObjectStore state, Retries retries, Clock clock) {
    this(cache, state, retries, clock, PATHS);
  }

  Rebuild(VersionedStore cache, ObjectStore state, Retries retries, Clock clock, Parallel paths) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.pieces = new Pieces(state);
    this.build = new PieceBuild(cache, state, retries, paths);
    this.retries = requireNonNull(retries, "retries is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Begins one, or goes on with the one that was begun. From here on writers write to both; if we
   * stop right after it, readers see nothing of it and the next one goes on.
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
          Optional<Manifest.Building> building = stored.value().building();
          if (building.isPresent()) {
            return building.map(Manifest.Building::generation);
          }
          Manifest begun = stored.value().building(depth, clock.instant());
          return objects.swap(stored, begun)
              ? begun.building().map(Manifest.Building::generation)
              : Optional.empty();
        });
  }

  /** The pieces that a generation is built in. */
  public List<Slice> pieces(Generation generation) {
    return Slice.ALL.split(generation.pieceBits()).toList();
  }

  /** Builds a piece, unless that was done. Returns how many paths it has. */
  public long build(Generation generation, Slice piece) {
    return build.build(generation, piece);
  }

  /** The partitions of a generation's sorted files. */
  public List<Slice> partitions(Generation generation) {
    return Slice.ALL.split(generation.partitionBits()).toList();
  }

  /**
   * Writes the sorted files of a partition, unless that was done. Every piece must be built.
   *
   * @return how many paths it has by their names
   * @throws StoreException if a piece is not done
   */
  public long sort(Generation generation, Slice partition) {
    return 0;
  }

  /** Hears how far a rebuild is. */
  @FunctionalInterface
  public interface Progress {
    /** The step in which paths are looked at; it counts them. */
    String PATHS = "paths";

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
    PIECES.map(
        pieces.stream().filter(piece -> !piece.isDone()).toList(),
        piece -> {
          long now = done.addAndGet(build(generation, piece.slice()));
          progress.done(Progress.PATHS, now, Math.max(total, now));
          return now;
        });
    progress.done(Progress.PATHS, done.get(), done.get());
    return finish(generation);
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
   * Has the generation read, once every piece and every set of it is there. If we stop right after
   * the swap, everything is done but that nobody was told.
   *
   * @throws StoreException if anything is missing: the steps before this one have not all been done
   */
  public Finished finish(Generation generation) {
    long paths = count(generation);
    return retries.until(
        "the manifest",
        () -> {
          Stored<Manifest> stored = objects.manifest();
          if (isServed(stored.value(), generation)) {
            return Optional.of(new Finished(generation, paths));
          }
          if (!isBuilding(stored.value(), generation)) {
            throw new StoreException("generation " + generation.number() + " is not being built");
          }
          return objects.swap(stored, stored.value().swapped(paths, clock.instant()))
              ? Optional.of(new Finished(generation, paths))
              : Optional.empty();
        });
  }

  private static boolean isServed(Manifest manifest, Generation generation) {
    return manifest.served().map(Manifest.Served::generation).equals(Optional.of(generation));
  }

  private static boolean isBuilding(Manifest manifest, Generation generation) {
    return manifest.building().map(Manifest.Building::generation).equals(Optional.of(generation));
  }

  private long count(Generation generation) {
    for (Slice piece : pieces(generation)) {
      if (pieces.read(generation, piece).filter(Pieces.Progress::isDone).isEmpty()) {
        throw new StoreException(generation.pieceKey(piece) + " is not done");
      }
    }
    return Slice.ALL.split(generation.setBits()).mapToLong(set -> count(generation, set)).sum();
  }

  private long count(Generation generation, Slice set) {
    CompactSet stored = objects.set(generation, set).value();
    if (!stored.isComplete()) {
      throw new StoreException(generation.setKey(set) + " is not complete");
    }
    return stored.paths();
  }

  /**
   * Removes the objects of generations that were read last more than {@link #RETIREMENT} ago. If we
   * stop in between, the manifest still names it and the next run goes on.
   *
   * @return how many objects were removed
   */
  public long expire() {
    Instant before = clock.instant().minus(RETIREMENT);
    List<Manifest.Retired> old =
        objects.manifest().value().retired().stream()
            .filter(retired -> retired.since().isBefore(before))
            .toList();
    return old.stream().mapToLong(this::expire).sum();
  }

  private long expire(Manifest.Retired retired) {
    List<ListPage.Entry> left = state.listAll(IndexKeys.PREFIX + retired.number() + "/");
    left.forEach(entry -> state.delete(entry.key()));
    retries.until(
        "the manifest",
        () -> {
          Stored<Manifest> stored = objects.manifest();
          return Optional.of(true)
              .filter(_ -> objects.swap(stored, stored.value().without(retired)));
        });
    return left.size();
  }
}
