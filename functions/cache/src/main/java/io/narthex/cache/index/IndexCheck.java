package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.ListedPaths.Listed;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compares the index with the buckets, in both directions, in one pass over their listings: which
 * paths it does not know, which it knows that are gone, which were written again since, and which
 * sets do not say what their shards say. A difference may be an event under way: {@code repair} has
 * them looked at as an event does, which leaves what is right as it is.
 */
public final class IndexCheck {
  private final VersionedStore cache;
  private final ObjectStore state;
  private final IndexObjects objects;
  private final Observer observer;
  private final IndexUpdate update;

  /** One that checks the index of a cache in its state bucket. */
  public IndexCheck(VersionedStore cache, ObjectStore state, Retries retries) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.observer = new Observer(cache, state);
    this.update = new IndexUpdate(cache, state, retries);
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
    SET
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
    return Slice.ALL.split(generation.pieceBits()).toList();
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

  /** Has the index say what is so of those that differ. */
  public void repair(Collection<StorePathHash> drifted) {
    var _ = update.look(drifted);
  }

  private long check(Generation generation, Slice piece, Map<StorePathHash, Drift> drift) {
    var listed = new ListedPaths(cache, state, piece);
    var shards = new ArrayList<Shard>();
    long paths = 0;
    for (Slice slice : piece.split(generation.depth()).toList()) {
      Optional<Shard> shard = objects.shard(generation, slice).value();
      List<Listed> there = listed.in(slice);
      compare(there, shard.map(Shard::entries).orElse(Collections.emptySortedMap()), drift);
      shard.ifPresent(shards::add);
      paths += there.size();
    }
    compareSets(generation, shards, drift);
    return paths;
  }

  private void compare(
      List<Listed> listed, Map<StorePathHash, Entry> entries, Map<StorePathHash, Drift> drift) {
    var gone = new TreeSet<>(entries.keySet());
    for (Listed path : listed) {
      gone.remove(path.hash());
      compare(path, Optional.ofNullable(entries.get(path.hash())))
          .ifPresent(difference -> drift.put(path.hash(), difference));
    }
    gone.forEach(hash -> drift.put(hash, Drift.GONE));
  }

  private Optional<Drift> compare(Listed path, Optional<Entry> entry) {
    if (entry.isEmpty()) {
      boolean isMissed = path.narInfo().isPresent() || observer.observe(path.hash()).isPresent();
      return isMissed ? Optional.of(Drift.UNKNOWN) : Optional.empty();
    }
    Optional<Instant> indexed = entry.get().described().map(Described::uploaded);
    Optional<Instant> written = path.narInfo().map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    if (written.isEmpty()) {
      boolean isOfReport = indexed.isEmpty() && entry.get().verdict() == VerdictTag.REJECTED;
      return isOfReport ? Optional.empty() : Optional.of(Drift.GONE);
    }
    return indexed.isEmpty() || indexed.equals(written)
        ? Optional.empty()
        : Optional.of(Drift.STALE);
  }

  /** By one path of the shard, if it has any: to look at it again writes the set too. */
  private void compareSets(
      Generation generation, List<Shard> shards, Map<StorePathHash, Drift> drift) {
    var sets = new TreeMap<Slice, CompactSet>();
    for (Shard shard : shards) {
      CompactSet set =
          sets.computeIfAbsent(
              shard.slice().within(generation.setBits()),
              slice -> objects.set(generation, slice).value());
      if (!shard.entries().isEmpty() && !set.saysOf(shard)) {
        drift.putIfAbsent(shard.entries().firstKey(), Drift.SET);
      }
    }
  }
}
