package io.narthex.cache.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The references to paths that are not among those audited, each once, and whether they count. It
 * takes 37 bytes of scratch each time one is met.
 */
final class References {
  private static final int KEY = PackedHash.LENGTH + Long.BYTES;
  private static final int WIDTH = KEY + Long.BYTES;

  private final Scratch scratch;
  private final Spool met;
  private final NameNumbers numbers = new NameNumbers();
  private long count;
  private Records distinct;
  private MemorySegment marks;

  References(Scratch scratch) {
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.met = scratch.spool("references");
    this.distinct = new Records(MemorySegment.ofArray(new byte[0]), WIDTH, KEY);
    this.marks = MemorySegment.ofArray(new byte[0]);
  }

  /** One was met. */
  synchronized void meet(StorePath path) {
    met.append(path.toString().getBytes(UTF_8));
    count++;
  }

  /** From now on none is met, and they can be asked for. */
  void close() {
    MemorySegment memory = scratch.memory("references", count * WIDTH);
    long[] to = new long[1];
    met.forEach(
        (at, name) -> {
          byte[] key = key(StorePath.parse(new String(name, UTF_8)));
          MemorySegment.copy(key, 0, memory, ValueLayout.JAVA_BYTE, to[0], KEY);
          memory.set(ValueLayout.JAVA_LONG_UNALIGNED, to[0] + KEY, at);
          to[0] += WIDTH;
        });
    Records all = new Records(memory, WIDTH, KEY);
    all.sort();
    distinct = all.distinct();
    marks = scratch.memory("reference marks", distinct.count());
  }

  /** How many different ones there are. */
  long size() {
    return distinct.count();
  }

  /** The one with a number. */
  StorePath get(long number) {
    return at(distinct.number(number, KEY));
  }

  void mark(long number, PathTable.Mark mark) {
    marks.set(ValueLayout.JAVA_BYTE, number, mark.code());
  }

  /** How one stands; nothing is known of one that was not met. */
  PathTable.Mark mark(StorePath path) {
    OptionalLong at = distinct.find(key(path));
    return at.isPresent()
        ? PathTable.Mark.of(marks.get(ValueLayout.JAVA_BYTE, at.getAsLong()))
        : PathTable.Mark.UNCHECKED;
  }

  private StorePath at(long at) {
    return StorePath.parse(new String(met.read(at), UTF_8));
  }

  private byte[] key(StorePath path) {
    return ByteBuffer.allocate(KEY)
        .put(PackedHash.pack(path.hash()))
        .putLong(numbers.of(path.name().name()))
        .array();
  }
}
