package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * The narinfos that share one NAR, until each is concluded. Those of a NAR that many share are not
 * kept in memory, but read again each time, so that this takes a bit for each.
 */
final class NarSharers {
  private static final int MOST_KEPT = 256;

  private final NarQueue queue;
  private final Spool kept;
  private final StopSignal stop;
  private final NarQueue.Group group;
  private final List<Sharer> sharers = new ArrayList<>();
  private final BitSet left = new BitSet();

  /**
   * @param kept where narinfos are
   */
  NarSharers(NarQueue queue, Spool kept, StopSignal stop, NarQueue.Group group) {
    this.queue = requireNonNull(queue, "queue is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.group = requireNonNull(group, "group is null");
    int count = Math.toIntExact(group.to() - group.from());
    left.set(0, count);
    for (int i = 0; i < count && count <= MOST_KEPT; i++) {
      sharers.add(read(i));
    }
  }

  /**
   * One of them.
   *
   * @param at where it is kept
   */
  record Sharer(ReadNarInfo read, long at) {
    Sharer {
      requireNonNull(read, "read is null");
    }
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** One that is left; there is one. */
  Sharer first() {
    return get(left.nextSetBit(0));
  }

  /** Gives each that is left, in their order, and takes away those that are concluded then. */
  void removeIf(Predicate<Sharer> isConcluded) {
    for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
      stop.check();
      if (isConcluded.test(get(i))) {
        left.clear(i);
      }
    }
  }

  private Sharer get(int i) {
    return sharers.isEmpty() ? read(i) : sharers.get(i);
  }

  private Sharer read(int i) {
    long at = queue.narInfo(group.from() + i);
    return new Sharer(ReadNarInfo.read(kept.read(at)), at);
  }
}
