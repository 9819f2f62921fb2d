package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads every narinfo. What needs no NAR is concluded at once; the others are queued by the NAR
 * that they point at.
 */
final class NarInfoStage {
  private final PathTable table;
  private final NarInfoLooks narInfos;
  private final NarLooks nars;
  private final ContentJudge judge;
  private final Conclusions conclusions;
  private final NarQueue queue;
  private final Spool kept;
  private final AuditProgress progress;

  NarInfoStage(
      PathTable table,
      NarInfoLooks narInfos,
      NarLooks nars,
      ContentJudge judge,
      Conclusions conclusions,
      NarQueue queue,
      Spool kept,
      AuditProgress progress) {
    this.table = requireNonNull(table, "table is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
    this.nars = requireNonNull(nars, "nars is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.conclusions = requireNonNull(conclusions, "conclusions is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  void run(Workers workers) {
    AtomicLong next = new AtomicLong();
    workers.run(
        () -> {
          long number = next.getAndIncrement();
          return number < table.paths().size() ? Optional.of(() -> look(number)) : Optional.empty();
        });
  }

  private void look(long number) {
    try {
      switch (narInfos.look(number, table.paths().get(number))) {
        case NarInfoLooks.Look.Absent absent -> conclusions.conclude(number, new Sight.Absent());
        case NarInfoLooks.Look.Malformed malformed ->
            conclusions.conclude(number, new Sight.Malformed(malformed));
        case NarInfoLooks.Look.Found(var read) -> found(read);
      }
    } catch (StoreException e) {
      conclusions.unchecked(number, Optional.empty(), Failures.why(e));
    }
    progress.narInfo();
  }

  private void found(ReadNarInfo read) {
    NarInfo narInfo = read.narInfo();
    table.name(read.number(), narInfo.storePath());
    long at = kept.append(read.write());
    if (nars.reads(narInfo)) {
      queue.add(NarPath.at(narInfo.url()).orElseThrow(), narInfo, at);
      progress.toRead(narInfo.fileSize().orElse(narInfo.narSize()));
    } else {
      look(read, at);
    }
  }

  private void look(ReadNarInfo read, long at) {
    try {
      NarSeen seen = nars.lookFirst(read.narInfo());
      ContentJudge.Content content =
          judge.judge(table.paths().get(read.number()), read.narInfo(), seen);
      conclusions.conclude(read.number(), new Sight.Whole(read, at, seen, content));
    } catch (StoreException e) {
      conclusions.unchecked(read.number(), Optional.of(read), Failures.why(e));
    }
  }
}
