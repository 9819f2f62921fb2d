package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.EntryLookup;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows references from one path on, level by level, as far as its caller may read narinfos and
 * they are verified: what a client would do that asks for one narinfo after the other.
 */
final class ClosureWalk {
  /** So many paths are followed. */
  static final int MOST = 20_000;

  private final EntryLookup index;
  private final VisiblePaths visible;
  private final NavigableMap<StorePathHash, Described> there = new TreeMap<>();
  private final SortedSet<StorePath> absent = new TreeSet<>();
  private final Map<VerdictTag, SortedSet<StorePath>> unverified = new EnumMap<>(VerdictTag.class);
  private final Map<StorePathHash, StorePath> met = new HashMap<>();
  private boolean isComplete = true;

  ClosureWalk(EntryLookup index, VisiblePaths visible) {
    this.index = requireNonNull(index, "index is null");
    this.visible = requireNonNull(visible, "visible is null");
  }

  /** Follows all references from a path that is there. */
  ClosureWalk from(StorePath root) {
    met.put(root.hash(), root);
    List<StorePath> level = List.of(root);
    while (!level.isEmpty()) {
      level = next(level);
    }
    return this;
  }

  private List<StorePath> next(List<StorePath> level) {
    Map<StorePathHash, Entry> entries = index.entries(level.stream().map(StorePath::hash).toList());
    var next = new ArrayList<StorePath>();
    for (StorePath path : level) {
      Optional<Entry> entry = Optional.ofNullable(entries.get(path.hash())).filter(visible::sees);
      Optional<Described> described = entry.flatMap(visible::described);
      if (described.isPresent()) {
        there.put(path.hash(), described.get());
        described.get().references().forEach(reference -> meet(reference, next));
      } else {
        miss(path, entry);
      }
    }
    return next;
  }

  private void meet(StorePath reference, List<StorePath> next) {
    if (met.containsKey(reference.hash())) {
      return;
    }
    if (met.size() == MOST) {
      isComplete = false;
      return;
    }
    met.put(reference.hash(), reference);
    next.add(reference);
  }

  private void miss(StorePath path, Optional<Entry> entry) {
    entry
        .map(Entry::verdict)
        .map(verdict -> unverified.computeIfAbsent(verdict, _ -> new TreeSet<>()))
        .orElse(absent)
        .add(path);
  }

  /** What was found, by hash. */
  NavigableMap<StorePathHash, Described> there() {
    return there;
  }

  /** What is referred to and not there, or hidden from the caller. */
  SortedSet<StorePath> absent() {
    return absent;
  }

  /** What is referred to and has this verdict. */
  SortedSet<StorePath> unverified(VerdictTag verdict) {
    return unverified.getOrDefault(verdict, new TreeSet<>());
  }

  /** Whether all of it was followed. */
  boolean isComplete() {
    return isComplete;
  }
}
