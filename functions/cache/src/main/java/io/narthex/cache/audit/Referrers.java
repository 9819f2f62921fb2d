package io.narthex.cache.audit;

import io.narthex.cache.audit.PathTable.Mark;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Marks everything that refers, through however many others, to a path with an incomplete closure.
 * Who refers to whom is kept in scratch, 8 bytes a path and 8 a reference, and every reference is
 * looked at once.
 */
final class Referrers {
  private final PathTable table;
  private final Spool good;
  private final Scratch scratch;
  private final StopSignal stop;
  private final MemorySegment ends;

  Referrers(PathTable table, Spool good, Scratch scratch, StopSignal stop) {
    this.table = table;
    this.good = good;
    this.scratch = scratch;
    this.stop = stop;
    this.ends = scratch.memory("referrers' ends", (table.paths().size() + 1) * Long.BYTES);
  }

  /** Who refers to a path. */
  private interface Edge {
    void visit(long referred, long referrer);
  }

  void mark() {
    forEach((referred, referrer) -> ends(referred + 1, ends(referred + 1) + 1));
    for (long number = 1; number <= table.paths().size(); number++) {
      ends(number, ends(number) + ends(number - 1));
    }
    MemorySegment referrers = scratch.memory("referrers", ends(table.paths().size()) * Long.BYTES);
    // After this the end of each is where its own referrers end, and begin before it.
    forEach(
        (referred, referrer) -> {
          long at = ends(referred);
          referrers.set(ValueLayout.JAVA_LONG_UNALIGNED, at * Long.BYTES, referrer);
          ends(referred, at + 1);
        });
    spread(referrers, Mark.INCOMPLETE);
    spread(referrers, Mark.UNSURE);
  }

  private long ends(long number) {
    return ends.get(ValueLayout.JAVA_LONG_UNALIGNED, number * Long.BYTES);
  }

  private void ends(long number, long end) {
    ends.set(ValueLayout.JAVA_LONG_UNALIGNED, number * Long.BYTES, end);
  }

  private void forEach(Edge edge) {
    good.forEach(
        (at, record) -> {
          stop.check();
          GoodPath path = GoodPath.read(record);
          for (Referred reference : path.references()) {
            if (!reference.isOutside() && reference.number() != path.number()) {
              edge.visit(reference.number(), path.number());
            }
          }
        });
  }

  /** Breadth first; the queue is in scratch, for it may hold every path. */
  private void spread(MemorySegment referrers, Mark mark) {
    MemorySegment queue = scratch.memory("to spread", table.paths().size() * Long.BYTES);
    long filled = 0;
    for (long number = 0; number < table.paths().size(); number++) {
      if (table.mark(number) == mark) {
        queue.set(ValueLayout.JAVA_LONG_UNALIGNED, filled++ * Long.BYTES, number);
      }
    }
    for (long taken = 0; taken < filled; taken++) {
      long referred = queue.get(ValueLayout.JAVA_LONG_UNALIGNED, taken * Long.BYTES);
      long from = referred == 0 ? 0 : ends(referred - 1);
      for (long at = from; at < ends(referred); at++) {
        long referrer = referrers.get(ValueLayout.JAVA_LONG_UNALIGNED, at * Long.BYTES);
        if (table.mark(referrer) == Mark.GOOD) {
          table.mark(referrer, mark);
          queue.set(ValueLayout.JAVA_LONG_UNALIGNED, filled++ * Long.BYTES, referrer);
        }
      }
    }
  }
}
