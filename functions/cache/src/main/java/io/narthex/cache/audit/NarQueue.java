package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.nix.narinfo.NarInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Which narinfos say to read which NAR in the same way. First come the largest NARs, so that no
 * processor is left alone with one at the end; then all others.
 */
final class NarQueue {
  private static final int KEY = PackedHash.DIGEST;
  private static final int SIZE_AT = KEY + Long.BYTES;
  private static final int WIDTH = SIZE_AT + Long.BYTES;
  private static final long LARGE = 4 << 20;
  private static final int MOST_LARGE = 100_000;

  private final Scratch scratch;
  private final Spool added;
  private final Queue<Group> large = new ArrayDeque<>();
  private long count;
  private Records sorted;
  private long next;
  private long smallest;

  NarQueue(Scratch scratch) {
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.added = scratch.spool("nars");
    this.sorted = new Records(MemorySegment.ofArray(new byte[0]), WIDTH, KEY);
  }

  /**
   * Narinfos that point at one NAR, and agree in compression, size and store directory.
   *
   * @param from the first of their records
   * @param to after the last
   */
  record Group(long from, long to, long narSize) {}

  /**
   * Adds a narinfo.
   *
   * @param at where it is kept
   */
  synchronized void add(NarPath nar, NarInfo narInfo, long at) {
    byte[] record = new byte[WIDTH];
    MemorySegment segment = MemorySegment.ofArray(record);
    String way =
        String.join(
            "\n",
            nar.file(),
            narInfo.compressionLabel(),
            Long.toString(narInfo.narSize()),
            narInfo.storeDir().toString());
    System.arraycopy(PackedHash.digest(way), 0, record, 0, KEY);
    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, KEY, at);
    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, SIZE_AT, narInfo.narSize());
    added.append(record);
    count++;
  }

  /** From now on none is added, and groups can be taken. */
  void close() {
    sorted = Records.of(added, scratch.memory("nars", count * WIDTH), WIDTH, KEY);
    chooseLarge();
  }

  /** Where the narinfo of a record is kept. */
  long narInfo(long record) {
    return sorted.number(record, KEY);
  }

  /** The next group; empty if all were taken. */
  Optional<Group> take() {
    if (!large.isEmpty()) {
      return Optional.of(large.remove());
    }
    while (next < count) {
      Group group = group(next);
      next = group.to();
      if (group.narSize() < smallest) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  private void chooseLarge() {
    Comparator<Group> bySize = Comparator.comparingLong(Group::narSize);
    PriorityQueue<Group> largest = new PriorityQueue<>(bySize);
    smallest = LARGE;
    for (long at = 0; at < count; ) {
      Group group = group(at);
      at = group.to();
      if (group.narSize() >= smallest) {
        largest.add(group);
      }
      if (largest.size() > MOST_LARGE) {
        smallest = largest.peek().narSize() + 1;
        while (!largest.isEmpty() && largest.peek().narSize() < smallest) {
          largest.remove();
        }
      }
    }
    largest.stream().sorted(bySize.reversed()).forEach(large::add);
  }

  private Group group(long from) {
    long to = from + 1;
    while (to < count && sorted.isSame(from, to)) {
      to++;
    }
    return new Group(from, to, sorted.number(from, SIZE_AT));
  }
}
