package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the index. Manifest and sets are remembered for {@link #FRESH}: so old is what it says at
 * most, beyond what has not been written yet.
 */
public final class IndexReader {
  /** How old an answer may be. */
  public static final Duration FRESH = Duration.ofSeconds(30);

  /** Requests at a time. */
  private static final Parallel REQUESTS = new Parallel(100);

  private final IndexObjects objects;
  private final Clock clock;
  private final Map<SetOf, Remembered<CompactSet>> sets = new ConcurrentHashMap<>();
  private volatile Optional<Remembered<Optional<Generation>>> served = Optional.empty();

  /** One that reads a state bucket; nothing is asked of it before the first question. */
  public IndexReader(ObjectStore state, Clock clock) {
    this.objects = new IndexObjects(state);
    this.clock = requireNonNull(clock, "clock is null");
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
    served = Optional.of(new Remembered<>(read, now));
    return read;
  }

  /**
   * The verdicts on those of these paths that are in the cache, by the sets: at most one request a
   * set. A path that is not there is taken for one that is in less than one of 10,000 cases.
   */
  public Map<StorePathHash, VerdictTag> verdicts(
      Generation generation, Collection<StorePathHash> hashes) {
    var bySet = new TreeMap<Slice, List<StorePathHash>>();
    hashes.forEach(
        hash ->
            bySet
                .computeIfAbsent(Slice.of(hash, generation.setBits()), _ -> new ArrayList<>())
                .add(hash));
    var verdicts = new HashMap<StorePathHash, VerdictTag>();
    REQUESTS
        .map(bySet.entrySet(), one -> verdicts(set(generation, one.getKey()), one.getValue()))
        .forEach(verdicts::putAll);
    return verdicts;
  }

  private static Map<StorePathHash, VerdictTag> verdicts(
      CompactSet set, List<StorePathHash> hashes) {
    var verdicts = new HashMap<StorePathHash, VerdictTag>();
    var found = new HashMap<Slice, Optional<Segment.Found>>();
    for (StorePathHash hash : hashes) {
      found
          .computeIfAbsent(
              Slice.of(hash, set.depth()), _ -> set.segment(hash).map(IndexReader::read))
          .flatMap(segment -> segment.verdict(hash, set.depth()))
          .ifPresent(verdict -> verdicts.put(hash, verdict));
    }
    return verdicts;
  }

  private static Segment.Found read(Segment segment) {
    try {
      return segment.found();
    } catch (MalformedIndexException e) {
      throw new StoreException("reading a set of the index", e);
    }
  }

  /** The entries of those of these paths that are in the index: one request a shard. */
  public Map<StorePathHash, Entry> entries(
      Generation generation, Collection<StorePathHash> hashes) {
    return lookup(generation).entries(hashes);
  }

  /** Entries for one query that asks for them again and again. */
  public EntryLookup lookup(Generation generation) {
    return new EntryLookup(objects, generation, REQUESTS);
  }

  private CompactSet set(Generation generation, Slice slice) {
    Instant now = clock.instant();
    var key = new SetOf(generation, slice);
    Remembered<CompactSet> known = sets.get(key);
    if (known != null && known.isFresh(now)) {
      return known.value();
    }
    CompactSet read = objects.set(generation, slice).value();
    sets.put(key, new Remembered<>(read, now));
    return read;
  }
}
