package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a piece has for each partition of the sorted files, as one object: {@code NXR1}; where each
 * section begins and where the last one ends, counted from the first byte of the object, in 8 bytes
 * each; then the sections: for each partition its {@link Pairs} and its {@link Names}. Whoever
 * sorts a partition reads what is for it in two requests.
 */
record Run(ObjectStore state, ObjectKey key) {
  static final String CONTENT_TYPE = "application/octet-stream";

  private static final byte[] MAGIC = {'N', 'X', 'R', '1'};

  Run {
    requireNonNull(state, "state is null");
    requireNonNull(key, "key is null");
  }

  /** Of one partition. */
  static final class Sections {
    private final byte[] pairs;
    private final byte[] names;

    private Sections(byte[] pairs, byte[] names) {
      this.pairs = pairs;
      this.names = names;
    }

    /** Sorted {@link Pairs}; they are not copied. */
    byte[] pairs() {
      return pairs;
    }

    /** A frame of {@link Names}; it is not copied. */
    byte[] names() {
      return names;
    }
  }

  /** The bytes of one, of as many pairs as names. */
  static byte[] write(byte[][] pairs, byte[][] names) {
    int sections = 2 * pairs.length;
    ByteBuffer table = ByteBuffer.allocate(MAGIC.length + (sections + 1) * Long.BYTES).put(MAGIC);
    var rest = new ByteArrayOutputStream();
    for (int i = 0; i < pairs.length; i++) {
      table.putLong(table.capacity() + rest.size());
      rest.writeBytes(pairs[i]);
      table.putLong(table.capacity() + rest.size());
      rest.writeBytes(names[i]);
    }
    table.putLong(table.capacity() + rest.size());
    var all = new ByteArrayOutputStream(table.capacity() + rest.size());
    all.writeBytes(table.array());
    all.writeBytes(rest.toByteArray());
    return all.toByteArray();
  }

  /** What it has for a partition. */
  Sections sections(Slice partition) {
    long at = MAGIC.length + 2 * partition.number() * Long.BYTES;
    ByteBuffer table = ByteBuffer.wrap(part(at, 3 * Long.BYTES));
    long pairs = table.getLong();
    int names = (int) (table.getLong() - pairs);
    int end = (int) (table.getLong() - pairs);
    byte[] both = end == 0 ? new byte[0] : part(pairs, end);
    return new Sections(
        Arrays.copyOfRange(both, 0, names), Arrays.copyOfRange(both, names, both.length));
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
