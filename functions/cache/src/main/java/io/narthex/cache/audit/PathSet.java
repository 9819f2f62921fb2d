package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * A set of store hashes, sorted, each with its number: 2^31 - 1 at most. It takes 20 bytes a hash
 * of scratch.
 */
public final class PathSet {
  private static final int BUCKETS = 1 << 16;

  private final Records hashes;
  private final int[] starts;

  private PathSet(Records hashes) {
    this.hashes = hashes;
    this.starts = new int[BUCKETS + 1];
    for (long i = 0; i < hashes.count(); i++) {
      starts[bucket(hashes.unsigned(i, 0), hashes.unsigned(i, 1)) + 1]++;
    }
    for (int bucket = 1; bucket <= BUCKETS; bucket++) {
      starts[bucket] += starts[bucket - 1];
    }
  }

  private static int bucket(int first, int second) {
    return (first << Byte.SIZE) | second;
  }

  /** Collects a set. */
  public static final class Builder {
    private final Scratch scratch;
    private final Spool spool;
    private long count;

    public Builder(Scratch scratch) {
      this.scratch = requireNonNull(scratch, "scratch is null");
      this.spool = scratch.spool("hashes");
    }

    /** Adds a hash, again or for the first time. */
    public synchronized void add(StorePathHash hash) {
      spool.append(PackedHash.pack(hash));
      count++;
    }

    /**
     * The set of what was added.
     *
     * @throws IllegalStateException if that are too many
     */
    public synchronized PathSet build() {
      if (count > Integer.MAX_VALUE) {
        throw new IllegalStateException("%,d paths are more than can be audited".formatted(count));
      }
      MemorySegment memory = scratch.memory("paths", count * PackedHash.LENGTH);
      return new PathSet(
          Records.of(spool, memory, PackedHash.LENGTH, PackedHash.LENGTH).distinct());
    }
  }

  /** How many there are. */
  public long size() {
    return hashes.count();
  }

  /** The one with a number, from 0 on, in the order of their texts. */
  public StorePathHash get(long number) {
    return PackedHash.unpack(hashes.get(number));
  }

  /** The number of a hash; empty if it is not in the set. */
  public OptionalLong numberOf(StorePathHash hash) {
    byte[] packed = PackedHash.pack(hash);
    int bucket = bucket(Byte.toUnsignedInt(packed[0]), Byte.toUnsignedInt(packed[1]));
    return hashes.find(packed, starts[bucket], starts[bucket + 1]);
  }

  /** So many of them by lot, or all if there are no more. */
  public PathSet sample(long wanted, long seed, Scratch scratch) {
    Builder chosen = new Builder(scratch);
    SplittableRandom random = new SplittableRandom(seed);
    long open = Math.min(wanted, size());
    for (long i = 0; i < size() && open > 0; i++) {
      if (random.nextLong(size() - i) < open) {
        chosen.add(get(i));
        open--;
      }
    }
    return chosen.build();
  }
}
