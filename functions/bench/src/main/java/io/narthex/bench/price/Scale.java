package io.narthex.bench.price;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Rebuild;

/**
 * What an index of so many paths consists of, and what its rebuild asks of S3.
 *
 * @param paths how many
 */
public record Scale(long paths) {
  /** One after the other, of a piece: its shards are read and written. */
  private static final double CALLS_A_SHARD = 2;

  /** Of a rebuild at a time, for each piece that is being built. */
  private static final double AT_ONCE = 64;

  private static final double MEMORY_OF_A_CORE = 1.769;

  /** All at first, then 16 places; and which generations lie there. */
  private static final double CENSUS = 17 + 2;

  private static final double MANIFEST_READS = 3;

  private Generation generation() {
    return new Generation(1, Generation.depthFor(paths));
  }

  double shards() {
    return Math.scalb(1.0, generation().depth());
  }

  double sets() {
    return Math.scalb(1.0, generation().setBits());
  }

  double pieces() {
    return Math.scalb(1.0, generation().pieceBits());
  }

  double partitions() {
    return Math.scalb(1.0, generation().partitionBits());
  }

  /** Of all that readers read, in bytes. */
  double bytes() {
    return paths
        * (Measured.SHARD_BYTES
            + Measured.SET_BYTES
            + Measured.REFERRER_BYTES
            + Measured.NAME_BYTES);
  }

  /** All calls of a rebuild, by steps: looking at paths, and then sorting. */
  public Calls rebuild() {
    return built().plus(sorted()).plus(finished());
  }

  /** Piece by piece: said to be begun, listed, looked at, written, put into a set, done. */
  private Calls built() {
    double pages = CENSUS + paths / Assumed.KEYS_A_PAGE + 1.5 * pieces();
    var looked = new Calls(0, 2.0 * paths);
    var shards = new Calls(1, 1).times(shards());
    var each = new Calls(5, 3).times(pieces());
    return looked.plus(shards).plus(each).plus(new Calls(pages, 0));
  }

  /** Each partition reads a table of what each piece has, and that in one part or several. */
  private Calls sorted() {
    return new Calls(3, 2 + readsOfARun() * pieces())
        .times(partitions())
        .plus(new Calls(1, 0).times(pieces()));
  }

  double readsOfARun() {
    return 1 + Math.ceil(paths / partitions() * Measured.RUN_BYTES / Rebuild.SORTED_AT_ONCE);
  }

  /** Everything is counted, and the manifest is swapped. */
  private Calls finished() {
    return new Calls(4, MANIFEST_READS + 2 * pieces() + sets() + 1);
  }

  /** Seconds that a function with so much memory takes for a piece. */
  double pieceSeconds(double gigabytes) {
    double each = paths / pieces();
    double looked = 2 * each * Assumed.S3_SECONDS / AT_ONCE;
    double written = CALLS_A_SHARD * shards() / pieces() * Assumed.S3_SECONDS;
    return looked + written + each * Measured.BUILD_SECONDS * MEMORY_OF_A_CORE / gigabytes;
  }

  /** The same for a partition. */
  double partitionSeconds(double gigabytes) {
    double each = paths / partitions();
    double read = readsOfARun() * pieces() * Assumed.S3_SECONDS / AT_ONCE;
    return read + each * Measured.SORT_SECONDS * MEMORY_OF_A_CORE / gigabytes;
  }

  /** Seconds of a rebuild with so many functions at a time, if S3 has no limit. */
  double rebuildSeconds(double functions, double gigabytes) {
    return Math.ceil(pieces() / functions) * pieceSeconds(gigabytes)
        + Math.ceil(partitions() / functions) * partitionSeconds(gigabytes);
  }

  /** What a rebuild uses. */
  Usage usage(double gigabytes) {
    double seconds =
        pieces() * pieceSeconds(gigabytes) + partitions() * partitionSeconds(gigabytes);
    return rebuild()
        .usage()
        .plus(Usage.of(Item.LAMBDA_REQUESTS, pieces() + partitions()))
        .plus(Usage.of(Item.LAMBDA_GB_SECONDS, gigabytes * seconds));
  }
}
