package io.narthex.cache.index;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The paths that something failed for, while the rest goes on. */
final class Unwritten {
  private final Set<StorePathHash> hashes = new TreeSet<>();
  private Optional<StoreException> first = Optional.empty();

  /** What it comes to; nothing, and these paths are kept, if the store fails. */
  <T> Optional<T> unlessFailing(Collection<StorePathHash> about, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (StoreException e) {
      add(about, e);
      return Optional.empty();
    }
  }

  /** The same for work that comes to nothing but itself. */
  void unlessFailing(Collection<StorePathHash> about, Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      add(about, e);
    }
  }

  private synchronized void add(Collection<StorePathHash> about, StoreException e) {
    hashes.addAll(about);
    first = first.or(() -> Optional.of(e));
  }

  /** Throws if there are any. */
  synchronized void check() {
    if (first.isPresent()) {
      throw new UnwrittenException(hashes, first.get());
    }
  }
}
