package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the index. Manifest and sets are remembered for {@link #FRESH}: so old is what it says at
 * most, beyond what has not been written yet.
 */
public final class IndexReader {
  /** How old an answer may be. */
  public static final Duration FRESH = Duration.ofSeconds(30);

  /** Requests at a time. */
  private static final Parallel REQUESTS = new Parallel(100);

  private final ObjectStore state;
  private final IndexObjects objects;
  private final Clock clock;
  private final Allowance keptByQueries;
  private final Map<SetOf, Remembered<CompactSet>> sets = new ConcurrentHashMap<>();
  private final Map<Generation, StoredStatistics> statistics = new ConcurrentHashMap<>();
  private volatile Optional<Remembered<Optional<Generation>>> served = Optional.empty();

  /** One that reads a state bucket; nothing is asked of it before the first question. */
  public IndexReader(ObjectStore state, Clock clock) {
    this(state, clock, Allowance.ofHeap());
  }

  IndexReader(ObjectStore state, Clock clock, Allowance keptByQueries) {
    this.state = requireNonNull(state, "state is null");
    this.objects = new IndexObjects(state);
    this.clock = requireNonNull(clock, "clock is null");
    this.keptByQueries = requireNonNull(keptByQueries, "keptByQueries is null");
  }

  private record SetOf(Generation generation, Slice slice) {}

  private record Remembered<T>(T value, Instant readAt) {
    boolean isFresh(Instant now) {
      return now.isBefore(readAt.plus(FRESH));
    }
  }

  /** The generation that is read; empty before the first one has been built. */
  public Optional<Generation> served() {
    Instant now = clock.instant();
    Optional<Remembered<Optional<Generation>>> known = served.filter(r -> r.isFresh(now));
    if (known.isPresent()) {
      return known.get().value();
    }
    Optional<Generation> read =
        objects.manifest().value().served().map(Manifest.Served::generation);
    sets.keySet().removeIf(set -> !Optional.of(set.generation()).equals(read));
    statistics.keySet().removeIf(generation -> !Optional.of(generation).equals(read));
    served = Optional.of(new Remembered<>(read, now));
    return read;
  }

  /**
   * The verdicts on those of these paths that are in the cache, by the sets: at most one request a
   * set. A path that is not there is taken for one that is in less than one of 10,000 cases.
   *
   * @throws StoreException naming the object that cannot be read
   */
  public Map<StorePathHash, VerdictTag> verdicts(
      Generation generation, Collection<StorePathHash> hashes) {
    var byShard = new HashMap<Slice, List<StorePathHash>>();
    hashes.forEach(
        hash -> byShard.computeIfAbsent(generation.shard(hash), _ -> new ArrayList<>()).add(hash));
    Map<Slice, CompactSet> read = sets(generation, byShard.keySet());
    Map<StorePathHash, VerdictTag> verdicts = HashMap.newHashMap(hashes.size());
    byShard.forEach(
        (shard, ofShard) -> {
          Slice set = shard.within(generation.setBits());
          Segment.Found found = read(generation.setKey(set), read.get(set), shard);
          verdicts(found, shard, ofShard, verdicts);
        });
    return verdicts;
  }

  private static void verdicts(
      Segment.Found found,
      Slice shard,
      List<StorePathHash> hashes,
      Map<StorePathHash, VerdictTag> verdicts) {
    for (StorePathHash hash : hashes) {
      found.verdict(hash, shard.bits()).ifPresent(verdict -> verdicts.put(hash, verdict));
    }
  }

  /** The sets of these shards; those that are not remembered are read, many at a time. */
  private Map<Slice, CompactSet> sets(Generation generation, Set<Slice> shards) {
    Instant now = clock.instant();
    var known = new HashMap<Slice, CompactSet>();
    var unknown = new ArrayList<Slice>();
    shards.stream()
        .map(shard -> shard.within(generation.setBits()))
        .distinct()
        .forEach(
            set ->
                remembered(generation, set, now)
                    .ifPresentOrElse(there -> known.put(set, there), () -> unknown.add(set)));
    if (unknown.isEmpty()) {
      return known;
    }
    // Before others take their place: they may be half of the memory.
    sets.values().removeIf(remembered -> !remembered.isFresh(now));
    REQUESTS
        .map(unknown, set -> fetch(generation, set, now))
        .forEach(set -> known.put(set.slice(), set));
    return known;
  }

  private CompactSet fetch(Generation generation, Slice slice, Instant now) {
    CompactSet set = objects.set(generation, slice).value();
    sets.put(new SetOf(generation, slice), new Remembered<>(set, now));
    return set;
  }

  private Optional<CompactSet> remembered(Generation generation, Slice set, Instant now) {
    return Optional.ofNullable(sets.get(new SetOf(generation, set)))
        .filter(remembered -> remembered.isFresh(now))
        .map(Remembered::value);
  }

  /** A generation is not served before each of its sets says something of each shard. */
  private static Segment.Found read(ObjectKey key, @Nullable CompactSet set, Slice shard) {
    try {
      return requireNonNull(set, "no set was read")
          .segment(shard)
          .orElseThrow(
              () -> new StoreException(key + " has gone, or lost the shard " + shard.prefix()))
          .found();
    } catch (MalformedIndexException e) {
      throw new StoreException("reading " + key, e);
    }
  }

  /**
   * The entries of those of these paths that are in the index: one request a shard.
   *
   * @throws StoreException naming the object that cannot be read
   */
  public Map<StorePathHash, Entry> entries(
      Generation generation, Collection<StorePathHash> hashes) {
    try (EntryLookup lookup = lookup(generation)) {
      return lookup.entries(hashes);
    }
  }

  /** Entries for one query that asks for them again and again, and closes it after that. */
  public EntryLookup lookup(Generation generation) {
    return new EntryLookup(objects, generation, REQUESTS, keptByQueries);
  }

  /**
   * The statistics of a generation, which do not change.
   *
   * @throws StoreException if they are not there any more, or cannot be read
   */
  public StoredStatistics statistics(Generation generation) {
    return statistics.computeIfAbsent(
        generation,
        _ ->
            objects
                .statistics(generation)
                .orElseThrow(
                    () -> new StoreException(generation.statisticsKey() + " is not there")));
  }

  /** Which paths referred to a path when the index was built: all, or those after one of them. */
  public Referrers referrers(
      Generation generation, StorePathHash path, Optional<StorePathHash> after) {
    return Referrers.of(state, generation, path, after);
  }

  /**
   * The paths in whose names a text occurred when the index was built: all, or those after one of
   * them.
   *
   * @param text ASCII, not empty
   */
  public NameSearch search(Generation generation, String text, Optional<StorePath> after) {
    return new NameSearch(state, generation, REQUESTS, text, after);
  }
}
