package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which paths referred to a path when the index was built. */
public final class Referrers {
  /** No object has more pairs than this: S3's largest has 5 TB. */
  private static final long MOST = 1L << 40;

  private final SortedRecords pairs;
  private final byte[] reference;
  private final long end;
  private long next;

  private Referrers(SortedRecords pairs, byte[] reference, long from, long end) {
    this.pairs = requireNonNull(pairs, "pairs is null");
    this.reference = reference;
    this.next = from;
    this.end = end;
  }

  /** Those of a path, from the first one on, or from after one of them. */
  static Referrers of(
      ObjectStore state, Generation generation, StorePathHash path, Optional<StorePathHash> after) {
    byte[] reference = HashBytes.of(path);
    ObjectKey key = generation.referrersKey(Slice.of(path, generation.pieceBits()));
    byte[] table =
        state
            .read(key, ReferrerFile.tableAt(reference, generation.pieceBits()), 2 * Long.BYTES)
            .filter(found -> found.length == 2 * Long.BYTES)
            .orElseThrow(() -> new StoreException(key + " is not there, or ends in its table"));
    long from = ByteBuffer.wrap(table).getLong();
    long end = ByteBuffer.wrap(table, Long.BYTES, Long.BYTES).getLong();
    if (from < 0 || end < from || end > MOST) {
      throw new StoreException(key + " is damaged: pairs from " + from + " to " + end);
    }
    var pairs = new SortedRecords(state, key, ReferrerFile.PAIRS, Pairs.LENGTH);
    return new Referrers(pairs, reference, pairs.find(first(reference, after), from, end), end);
  }

  /** The first pair that is asked for, if it is there. */
  private static byte[] first(byte[] reference, Optional<StorePathHash> after) {
    byte[] pair = Arrays.copyOf(reference, Pairs.LENGTH);
    if (after.isEmpty()) {
      return pair;
    }
    HashBytes.write(after.get(), pair, HashBytes.LENGTH);
    return SortedRecords.following(pair);
  }

  /** The next of them, sorted, so many at most; none after the last. */
  public List<StorePathHash> next(int most) {
    int count = (int) Math.min(most, end - next);
    byte[] read = count == 0 ? new byte[0] : pairs.read(next, count);
    var referrers = new ArrayList<StorePathHash>();
    for (int at = 0; at < read.length && isOfReference(read, at); at += Pairs.LENGTH) {
      referrers.add(HashBytes.read(read, at + HashBytes.LENGTH));
    }
    next += referrers.size();
    return referrers;
  }

  private boolean isOfReference(byte[] read, int at) {
    return Arrays.equals(read, at, at + HashBytes.LENGTH, reference, 0, HashBytes.LENGTH);
  }
}
