package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries of one slice.
 *
 * @param slice what hashes may be in it
 * @param revision how often it was written since it was first; so no two states of a shard are the
 *     same bytes, and whoever swaps one knows that nothing happened in between
 * @param entries by hash
 */
public record Shard(Slice slice, long revision, SortedMap<StorePathHash, Entry> entries) {
  public Shard {
    requireNonNull(slice, "slice is null");
    if (revision < 0) {
      throw new IllegalArgumentException("revision " + revision);
    }
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    for (Map.Entry<StorePathHash, Entry> entry : entries.entrySet()) {
      if (!slice.contains(entry.getKey()) || !entry.getKey().equals(entry.getValue().hash())) {
        throw new IllegalArgumentException(entry.getKey() + " is not of " + slice);
      }
    }
  }

  /** Of entries in any order. */
  static Shard of(Slice slice, long revision, Collection<Entry> entries) {
    var sorted = new TreeMap<StorePathHash, Entry>();
    entries.forEach(entry -> sorted.put(entry.hash(), entry));
    return new Shard(slice, revision, sorted);
  }

  /** One that was never written, of what was observed. */
  static Shard first(Slice slice, Map<StorePathHash, Optional<Entry>> observed) {
    return of(slice, 0, observed.values().stream().flatMap(Optional::stream).toList());
  }

  /** Whether it says just what was observed of these paths. */
  boolean says(Map<StorePathHash, Optional<Entry>> observed) {
    return observed.entrySet().stream()
        .allMatch(seen -> entry(seen.getKey()).equals(seen.getValue()));
  }

  /** The next one, in which these paths are as they were observed: there, or not. */
  Shard observing(Map<StorePathHash, Optional<Entry>> observed) {
    var changed = new TreeMap<>(entries);
    observed.forEach(
        (hash, entry) ->
            entry.ifPresentOrElse(there -> changed.put(hash, there), () -> changed.remove(hash)));
    return new Shard(slice, revision + 1, changed);
  }

  /** The paths of which it says something else than this one. */
  Set<StorePathHash> changesFrom(Shard before) {
    var changed = new TreeSet<>(entries.keySet());
    changed.addAll(before.entries().keySet());
    changed.removeIf(hash -> entry(hash).equals(before.entry(hash)));
    return changed;
  }

  /** What it says of a path. */
  public Optional<Entry> entry(StorePathHash hash) {
    return Optional.ofNullable(entries.get(hash));
  }
}
