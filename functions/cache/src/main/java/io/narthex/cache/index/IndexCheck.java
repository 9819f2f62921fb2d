package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.ListedPaths.Listed;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Compares the index with the buckets, in both directions, in one pass over their listings: which
 * paths it does not know, which it knows that are gone, which were written again since, and which
 * sets do not say what their shards say. A listing has no tags: that a verdict has changed since is
 * not seen, but for paths without a narinfo that can be read, which are looked at. A difference may
 * be an event under way: {@code repair} has them looked at as an event does, which leaves what is
 * right as it is. What cannot be read of the index is a difference too, and the rest is compared.
 */
public final class IndexCheck {
  /** Paths of a shard that are looked at at a time. */
  private static final Parallel LOOKS = new Parallel(16);

  private final VersionedStore cache;
  private final ObjectStore state;
  private final IndexObjects objects;
  private final Observer observer;
  private final IndexUpdate update;
  private final SetUpdate sets;

  /** One that checks the index of a cache in its state bucket. */
  public IndexCheck(VersionedStore cache, ObjectStore state, Retries retries) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.observer = new Observer(cache, state);
    this.update = new IndexUpdate(cache, state, retries);
    this.sets = new SetUpdate(objects, retries);
  }

  /** What is wrong with what the index says of a path. */
  public enum Drift {
    /** It is in the cache and not in the index. */
    UNKNOWN,
    /** It is in the index and not in the cache. */
    GONE,
    /** Its narinfo was written again after it was looked at. */
    STALE,
    /** The set says something else of its shard, or nothing. */
    SET,
    /** The first hash of a shard or a set that has gone or cannot be read: it must be rebuilt. */
    LOST;

    /** Whether a repair makes it right. */
    public boolean isMended() {
      return this != LOST;
    }
  }

  /**
   * What a check came to.
   *
   * @param paths how many were compared
   * @param drift those that differ
   */
  public record Checked(long paths, Map<StorePathHash, Drift> drift) {
    public Checked {
      drift = Map.copyOf(drift);
    }
  }

  /**
   * Checks the generation that is read.
   *
   * @param progress is told how many paths were compared so far
   * @throws StoreException if the store failed, or there is no index yet
   */
  public Checked check(Consumer<Long> progress) {
    Generation generation =
        served().orElseThrow(() -> new StoreException("the index has not been built yet"));
    var drift = new TreeMap<StorePathHash, Drift>();
    long paths = 0;
    for (Slice piece : pieces(generation)) {
      paths += check(generation, piece, drift);
      progress.accept(paths);
    }
    return new Checked(paths, drift);
  }

  /** The generation that is read, which is the one to check; empty if there is none yet. */
  public Optional<Generation> served() {
    return objects.manifest().value().served().map(Manifest.Served::generation);
  }

  /** The pieces that a generation can be checked in, in any order and in different places. */
  public List<Slice> pieces(Generation generation) {
    return generation.pieces();
  }

  /**
   * Checks one piece of a generation. If that is read no more when it is done, nothing counts as a
   * difference: nobody keeps it right.
   *
   * @throws StoreException if the store failed
   */
  public Checked check(Generation generation, Slice piece) {
    var drift = new TreeMap<StorePathHash, Drift>();
    long paths = check(generation, piece, drift);
    boolean isRead = served().equals(Optional.of(generation));
    return new Checked(paths, isRead ? drift : Map.of());
  }

  /** Has the index say what is so of those that differ, but for what must be rebuilt. */
  public void repair(Map<StorePathHash, Drift> drifted) {
    var _ = update.look(those(drifted, Drift::isMended));
    List<StorePathHash> inSets = those(drifted, drift -> drift == Drift.SET);
    served()
        .ifPresent(
            generation -> sets.mend(generation, inSets.stream().map(generation::shard).toList()));
  }

  private static List<StorePathHash> those(
      Map<StorePathHash, Drift> drifted, Predicate<Drift> which) {
    return drifted.entrySet().stream()
        .filter(one -> which.test(one.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private long check(Generation generation, Slice piece, Map<StorePathHash, Drift> drift) {
    var listed = new ListedPaths(cache, state, piece);
    var shards = new ArrayList<Shard>();
    long paths = 0;
    for (Slice slice : piece.split(generation.depth()).toList()) {
      List<Listed> there = listed.in(slice);
      paths += there.size();
      Optional<Shard> shard = unlessLost(slice, drift, () -> objects.shardOf(generation, slice));
      shard.ifPresent(one -> compare(there, one.entries(), drift));
      shard.ifPresent(shards::add);
    }
    compareSets(generation, shards, drift);
    return paths;
  }

  /** An object of the index; empty, and it counts, if it has gone or cannot be read. */
  private static <T> Optional<T> unlessLost(
      Slice slice, Map<StorePathHash, Drift> drift, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (DamagedIndexException _) {
      drift.put(slice.lowest(), Drift.LOST);
      return Optional.empty();
    }
  }

  private void compare(
      List<Listed> listed, Map<StorePathHash, Entry> entries, Map<StorePathHash, Drift> drift) {
    var gone = new TreeSet<>(entries.keySet());
    LOOKS
        .map(listed, path -> compare(path, Optional.ofNullable(entries.get(path.hash()))))
        .forEach(difference -> difference.ifPresent(one -> drift.put(one.hash(), one.drift())));
    listed.forEach(path -> gone.remove(path.hash()));
    gone.forEach(hash -> drift.put(hash, Drift.GONE));
  }

  private record Difference(StorePathHash hash, Drift drift) {}

  private Optional<Difference> compare(Listed path, Optional<Entry> entry) {
    Optional<Drift> drift =
        path.narInfo().isPresent()
            ? compareNarInfo(path.hash(), path.narInfo().get(), entry)
            : compareReport(path.hash(), entry);
    return drift.map(one -> new Difference(path.hash(), one));
  }

  private Optional<Drift> compareNarInfo(
      StorePathHash hash, Instant written, Optional<Entry> entry) {
    if (entry.isEmpty()) {
      return Optional.of(Drift.UNKNOWN);
    }
    boolean isSo =
        entry
            .get()
            .described()
            .map(indexed -> indexed.uploaded().equals(written.truncatedTo(ChronoUnit.SECONDS)))
            .orElseGet(() -> observer.observe(hash).equals(entry));
    return isSo ? Optional.empty() : Optional.of(Drift.STALE);
  }

  /** There was no narinfo when it was listed; one that came since is looked at before it counts. */
  private Optional<Drift> compareReport(StorePathHash hash, Optional<Entry> entry) {
    boolean isSo =
        observer.withoutNarInfo(hash).equals(entry) || observer.observe(hash).equals(entry);
    return isSo ? Optional.empty() : Optional.of(entry.isEmpty() ? Drift.UNKNOWN : Drift.GONE);
  }

  /** By one hash of the shard: to look at it again writes the set too. */
  private void compareSets(
      Generation generation, List<Shard> shards, Map<StorePathHash, Drift> drift) {
    var read = new TreeMap<Slice, Optional<CompactSet>>();
    for (Shard shard : shards) {
      Optional<CompactSet> set =
          read.computeIfAbsent(
              shard.slice().within(generation.setBits()),
              slice -> unlessLost(slice, drift, () -> objects.set(generation, slice).value()));
      if (set.isPresent() && !set.get().saysOf(shard)) {
        StorePathHash any =
            shard.entries().isEmpty() ? shard.slice().lowest() : shard.entries().firstKey();
        drift.putIfAbsent(any, Drift.SET);
      }
    }
  }
}
