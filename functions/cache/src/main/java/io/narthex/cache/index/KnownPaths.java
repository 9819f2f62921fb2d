package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The paths of a slice that have a narinfo or a report, in their order: all that can have an entry.
 */
final class KnownPaths {
  private final Upcoming narInfos;
  private final Upcoming reports;

  KnownPaths(ObjectStore cache, ObjectStore state, Slice slice) {
    this.narInfos = new Upcoming(HashListing.narInfos(cache, slice));
    this.reports = new Upcoming(HashListing.reports(state, slice));
  }

  /**
   * One of them.
   *
   * @param narInfo when its narinfo was written; empty if it has none
   */
  record Known(StorePathHash hash, Optional<Instant> narInfo) {
    Known {
      requireNonNull(hash, "hash is null");
      requireNonNull(narInfo, "narInfo is null");
    }
  }

  /** Those of a shard; the shards must be asked for in their order. */
  List<Known> in(Slice shard) {
    var known = new ArrayList<Known>();
    for (Optional<StorePathHash> next = next();
        next.filter(shard::contains).isPresent();
        next = next()) {
      Optional<Instant> narInfo = narInfos.take(next.get());
      var _ = reports.take(next.get());
      known.add(new Known(next.get(), narInfo));
    }
    return known;
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
    private Optional<HashListing.Found> next;

    Upcoming(Iterator<HashListing.Found> listing) {
      this.rest = requireNonNull(listing, "listing is null");
      this.next = advance();
    }

    Optional<StorePathHash> peek() {
      return next.map(HashListing.Found::hash);
    }

    /** When the object of this hash was written, if it is the next one; it is passed then. */
    Optional<Instant> take(StorePathHash hash) {
      Optional<HashListing.Found> found = next.filter(one -> one.hash().equals(hash));
      if (found.isPresent()) {
        next = advance();
      }
      return found.map(HashListing.Found::written);
    }

    private Optional<HashListing.Found> advance() {
      return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    }
  }
}
