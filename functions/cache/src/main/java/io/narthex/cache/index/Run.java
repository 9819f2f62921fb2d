package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.nio.ByteBuffer;

/**
 * What a piece has for each partition of the sorted files, as one object: {@code NXR1}; where each
 * section begins and where the last one ends, counted from the first byte of the object, in 8 bytes
 * each; then the sections. A partition has one of {@link Pairs} for each slice as wide as a piece,
 * and one of {@link Names} after these.
 *
 * @param slices how many sections of pairs a partition has
 */
record Run(ObjectStore state, ObjectKey key, int slices) {
  static final String CONTENT_TYPE = "application/octet-stream";

  private static final byte[] MAGIC = {'N', 'X', 'R', '1'};

  Run {
    requireNonNull(state, "state is null");
    requireNonNull(key, "key is null");
  }

  /** That of a piece. */
  static Run of(ObjectStore state, Generation generation, Slice piece) {
    return new Run(state, generation.runKey(piece), generation.slicesAPartition());
  }

  /** The bytes of one; the pairs are gone after that. */
  static byte[] write(int slices, Pairs pairs, byte[][] names) {
    var starts = new int[slices * names.length];
    ByteBuffer table = table(names.length * (slices + 1) + 1);
    int end = table.capacity();
    for (int partition = 0; partition < names.length; partition++) {
      for (int slice = partition * slices; slice < (partition + 1) * slices; slice++) {
        starts[slice] = end;
        table.putLong(end);
        end = Math.addExact(end, pairs.size(slice));
      }
      table.putLong(end);
      end = Math.addExact(end, names[partition].length);
    }
    ByteBuffer all = ByteBuffer.allocate(end).put(table.putLong(end).flip());
    for (int partition = 0; partition < names.length; partition++) {
      int last = (partition + 1) * slices - 1;
      all.put(starts[last] + pairs.size(last), names[partition]);
    }
    pairs.place(all.array(), starts);
    return all.array();
  }

  private static ByteBuffer table(int numbers) {
    return ByteBuffer.allocate(MAGIC.length + numbers * Long.BYTES).put(MAGIC);
  }

  /** Where the sections of a partition begin, and where the last of them ends. */
  static final class Sections {
    private final Run run;
    private final long[] starts;

    private Sections(Run run, long[] starts) {
      this.run = run;
      this.starts = starts;
    }

    /** How many there are. */
    int count() {
      return starts.length - 1;
    }

    /** How many bytes some of them have together, which lie one behind the other. */
    long size(int from, int to) {
      return starts[to] - starts[from];
    }

    /** Reads these. */
    byte[] read(int from, int to) {
      int length = Math.toIntExact(size(from, to));
      return length == 0 ? new byte[0] : run.part(starts[from], length);
    }
  }

  /** What it has for a partition. */
  Sections sections(Slice partition) {
    int sections = slices + 1;
    long at = MAGIC.length + partition.number() * sections * Long.BYTES;
    var starts = new long[sections + 1];
    ByteBuffer.wrap(part(at, starts.length * Long.BYTES)).asLongBuffer().get(starts);
    return new Sections(this, starts);
  }

  private byte[] part(long from, int length) {
    byte[] part =
        state.read(key, from, length).orElseThrow(() -> new StoreException(key + " is not there"));
    if (part.length < length) {
      throw new StoreException(key + " ends in the middle");
    }
    return part;
  }
}
