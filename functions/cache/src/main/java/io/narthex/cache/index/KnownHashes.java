package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The hashes of a slice that have a narinfo or a report, in their order: all that can have an
 * entry.
 */
final class KnownHashes {
  private final Upcoming narInfos;
  private final Upcoming reports;

  KnownHashes(ObjectStore cache, ObjectStore state, Slice slice) {
    this.narInfos = new Upcoming(HashListing.narInfos(cache, slice));
    this.reports = new Upcoming(HashListing.reports(state, slice));
  }

  /** Those of a shard; the shards must be asked for in their order. */
  List<StorePathHash> in(Slice shard) {
    var hashes = new ArrayList<StorePathHash>();
    for (Optional<StorePathHash> next = next();
        next.filter(shard::contains).isPresent();
        next = next()) {
      hashes.add(next.get());
      narInfos.pass(next.get());
      reports.pass(next.get());
    }
    return hashes;
  }

  private Optional<StorePathHash> next() {
    Optional<StorePathHash> first = narInfos.peek();
    Optional<StorePathHash> second = reports.peek();
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return first.get().compareTo(second.get()) <= 0 ? first : second;
  }

  /** A listing of which the next hash can be looked at. */
  private static final class Upcoming {
    private final Iterator<HashListing.Found> rest;
    private Optional<StorePathHash> next;

    Upcoming(Iterator<HashListing.Found> listing) {
      this.rest = requireNonNull(listing, "listing is null");
      this.next = advance();
    }

    Optional<StorePathHash> peek() {
      return next;
    }

    void pass(StorePathHash hash) {
      if (next.equals(Optional.of(hash))) {
        next = advance();
      }
    }

    private Optional<StorePathHash> advance() {
      return rest.hasNext() ? Optional.of(rest.next().hash()) : Optional.empty();
    }
  }
}
