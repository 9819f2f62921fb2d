package io.narthex.cache.index;

import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import java.util.List;

/**
 * One whole index: its objects lie under a prefix of their own, so that another one can be built
 * beside it.
 *
 * @param number counts up from 1; a number is used once
 * @param depth how many bits of a hash name its shard
 */
public record Generation(int number, int depth) {
  /** How many paths a shard has on average when its generation is built, at most. */
  static final int PATHS_A_SHARD = 512;

  /** A shard of more narinfos than this says that all of them have become too large. */
  static final int CROWDED = 1024;

  /** A set is of at least this many shards, as a power of two. */
  private static final int SHARDS_A_SET = 4;

  /** At most 128 sets. */
  private static final int SET_BITS = 7;

  /** A piece of a rebuild is this many shards, as a power of two, or all if there are fewer. */
  private static final int SHARDS_A_PIECE = 5;

  /** At most 32,768 pieces, whose names Step Functions passes from state to state in 256 KB. */
  private static final int PIECE_BITS = 15;

  /** A partition of the sorted files is of so many shards' paths, as a power of two. */
  private static final int SHARDS_A_PARTITION = 6;

  /** At most 256 partitions. */
  private static final int PARTITION_BITS = 8;

  private static final String RUNS = "runs/";
  private static final String NAMES = "names/";

  public Generation {
    if (number < 1 || depth < 0 || depth > Slice.MAX_BITS) {
      throw new IllegalArgumentException("no generation " + number + " of depth " + depth);
    }
  }

  /** The depth at which shards of this many paths in all have 256 to 512 each; 0 for few paths. */
  public static int depthFor(long paths) {
    int depth = 0;
    while (depth < Slice.MAX_BITS && paths >> depth > PATHS_A_SHARD) {
      depth++;
    }
    return depth;
  }

  /** The shard of a hash. */
  public Slice shard(StorePathHash hash) {
    return Slice.of(hash, depth);
  }

  /** How many bits name a set. */
  public int setBits() {
    return Math.clamp(depth - (long) SHARDS_A_SET, 0, SET_BITS);
  }

  /** How many bits name a piece of a rebuild. */
  public int pieceBits() {
    return Math.clamp(depth - (long) SHARDS_A_PIECE, 0, PIECE_BITS);
  }

  /** How many bits name a partition of the sorted files. */
  public int partitionBits() {
    return Math.clamp(depth - (long) SHARDS_A_PARTITION, 0, PARTITION_BITS);
  }

  /** How many slices as wide as a piece a partition consists of. */
  int slicesAPartition() {
    return 1 << (pieceBits() - partitionBits());
  }

  /** The pieces of a rebuild, in their order. */
  public List<Slice> pieces() {
    return Slice.ALL.split(pieceBits()).toList();
  }

  /** The partitions of the sorted files, in their order. */
  public List<Slice> partitions() {
    return Slice.ALL.split(partitionBits()).toList();
  }

  /** {@code index/<number>/}: prefix of all its objects. */
  public String prefix() {
    return IndexKeys.PREFIX + number + "/";
  }

  /** {@code index/<number>/shards/<prefix>.jsonl.zst}. */
  public ObjectKey shardKey(Slice shard) {
    return key("shards/", shard, depth, ".jsonl.zst");
  }

  /** {@code index/<number>/sets/<prefix>.set}. */
  public ObjectKey setKey(Slice set) {
    return key("sets/", set, setBits(), ".set");
  }

  /** {@code index/<number>/pieces/<prefix>.json}. */
  public ObjectKey pieceKey(Slice piece) {
    return key("pieces/", piece, pieceBits(), ".json");
  }

  /** {@code index/<number>/runs/<prefix>.run}: what a piece has for the sorted files. */
  ObjectKey runKey(Slice piece) {
    return key(RUNS, piece, pieceBits(), ".run");
  }

  /** {@code index/<number>/runs/<prefix>.json}: the statistics of a piece. */
  ObjectKey partialStatisticsKey(Slice piece) {
    return key(RUNS, piece, pieceBits(), ".json");
  }

  /** {@code index/<number>/runs/}: prefix of what nobody needs any more once all is sorted. */
  String runs() {
    return prefix() + RUNS;
  }

  /** {@code index/<number>/referrers/<prefix>.pairs}: a file of as many paths as a piece. */
  ObjectKey referrersKey(Slice piece) {
    return key("referrers/", piece, pieceBits(), ".pairs");
  }

  /** {@code index/<number>/names/<prefix>.txt.zst}. */
  ObjectKey namesKey(Slice partition) {
    return key(NAMES, partition, partitionBits(), ".txt.zst");
  }

  /** {@code index/<number>/names/<prefix>.hashes}. */
  ObjectKey namedHashesKey(Slice partition) {
    return key(NAMES, partition, partitionBits(), ".hashes");
  }

  /** {@code index/<number>/partitions/<prefix>.json}: that a partition is sorted. */
  ObjectKey partitionKey(Slice partition) {
    return key("partitions/", partition, partitionBits(), ".json");
  }

  /** {@code index/<number>/statistics.json}. */
  ObjectKey statisticsKey() {
    return new ObjectKey(prefix() + "statistics.json");
  }

  private ObjectKey key(String folder, Slice slice, int bits, String suffix) {
    if (slice.bits() != bits) {
      throw new IllegalArgumentException(slice + " has not " + bits + " bits");
    }
    return new ObjectKey(prefix() + folder + slice.prefix() + suffix);
  }
}
