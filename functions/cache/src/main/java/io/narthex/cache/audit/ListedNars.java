package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The NARs that a listing showed and how many bytes each had. It takes 24 bytes a NAR of scratch.
 */
final class ListedNars {
  private static final int KEY = 16;
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
      MemorySegment memory = scratch.memory("nars", count * WIDTH);
      long to = 0;
      for (long at = 0; at < spool.end(); at = spool.next(at)) {
        MemorySegment.copy(MemorySegment.ofArray(spool.read(at)), 0, memory, to, WIDTH);
        to += WIDTH;
      }
      spool.close();
      Records records = new Records(memory, WIDTH, KEY);
      records.sort();
      return new ListedNars(records);
    }
  }

  /** How many bytes a NAR has; empty if it is not there. */
  OptionalLong size(NarPath nar) {
    byte[] key = key(nar);
    long at = records.lowerBound(key, 0, records.count());
    return at < records.count() && records.hasKey(at, key)
        ? OptionalLong.of(records.number(at, KEY))
        : OptionalLong.empty();
  }

  private static byte[] key(NarPath nar) {
    return PackedHash.digest(nar.file(), KEY);
  }
}
