package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The NARs that a listing showed and how many bytes each had. It takes 24 bytes a NAR of scratch.
 */
final class ListedNars {
  private static final int KEY = PackedHash.DIGEST;
  private static final int WIDTH = KEY + Long.BYTES;

  private final Records records;

  private ListedNars(Records records) {
    this.records = requireNonNull(records, "records is null");
  }

  /** Collects them. */
  static final class Builder {
    private final Scratch scratch;
    private final Spool spool;
    private long count;

    Builder(Scratch scratch) {
      this.scratch = requireNonNull(scratch, "scratch is null");
      this.spool = scratch.spool("nars");
    }

    /** Adds a NAR, once. */
    void add(NarPath nar, long size) {
      byte[] record = new byte[WIDTH];
      ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).put(key(nar)).putLong(size);
      spool.append(record);
      count++;
    }

    ListedNars build() {
      return new ListedNars(Records.of(spool, scratch.memory("nars", count * WIDTH), WIDTH, KEY));
    }
  }

  /** How many bytes a NAR has; empty if it is not there. */
  OptionalLong size(NarPath nar) {
    OptionalLong at = records.find(key(nar));
    return at.isPresent()
        ? OptionalLong.of(records.number(at.getAsLong(), KEY))
        : OptionalLong.empty();
  }

  private static byte[] key(NarPath nar) {
    return PackedHash.digest(nar.file());
  }
}
