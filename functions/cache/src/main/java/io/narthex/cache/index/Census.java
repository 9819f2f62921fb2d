package io.narthex.cache.index;

import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.util.Iterator;
import java.util.Optional;

/**
 * How many narinfos a bucket has, about: hashes are even, so how densely they lie at a few places
 * says how many there are. Few are counted.
 */
final class Census {
  private static final int PLACE_BITS = 4;
  private static final int A_PLACE = 1000;

  private Census() {}

  /** The number; exact below a thousand, within some percent from there. */
  static long narInfos(ObjectStore cache) {
    Sample all = sample(cache, Slice.ALL);
    if (all.isWhole()) {
      return all.count();
    }
    var places = Slice.ALL.split(PLACE_BITS).map(place -> sample(cache, place)).toList();
    double found = places.stream().mapToLong(Sample::count).sum();
    double looked = places.stream().mapToDouble(Sample::share).sum();
    return Math.round(found / looked);
  }

  /** How many were found in what share of all hashes. */
  private record Sample(long count, double share, boolean isWhole) {}

  private static Sample sample(ObjectStore cache, Slice place) {
    Iterator<HashListing.Found> listing = HashListing.narInfos(cache, place);
    long count = 0;
    Optional<StorePathHash> last = Optional.empty();
    while (count < A_PLACE && listing.hasNext()) {
      last = Optional.of(listing.next().hash());
      count++;
    }
    boolean isWhole = count < A_PLACE;
    double whole = Math.scalb(1.0, -place.bits());
    return isWhole
        ? new Sample(count, whole, true)
        : new Sample(count, upTo(last.orElseThrow()) - upTo(place.lowest()), false);
  }

  /** The share of all hashes that come before one. */
  private static double upTo(StorePathHash hash) {
    return Math.scalb((double) HashBits.first(hash, HashBits.MAX), -HashBits.MAX);
  }
}
