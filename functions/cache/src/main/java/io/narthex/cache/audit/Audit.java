package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Audits paths of a cache: narinfos first, then the NARs that they point at, then closures. On the
 * heap there are a few narinfos and one NAR's buffers a job, whatever the size of the cache.
 */
public final class Audit {
  private static final int LOOKS = 2;

  private final AuditedCache cache;
  private final AuditOptions options;
  private final Scratch scratch;
  private final AuditState state;
  private final Outside outside;
  private final AuditProgress progress;
  private final StopSignal stop;
  private Optional<ListedNars> listed = Optional.empty();

  public Audit(
      AuditedCache cache,
      AuditOptions options,
      Scratch scratch,
      AuditState state,
      Outside outside,
      AuditProgress progress,
      StopSignal stop) {
    this.cache = requireNonNull(cache, "cache is null");
    this.options = requireNonNull(options, "options is null");
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.state = requireNonNull(state, "state is null");
    this.outside = requireNonNull(outside, "outside is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.stop = requireNonNull(stop, "stop is null");
  }

  /**
   * All paths of a cache that can be listed; not all if it was stopped meanwhile.
   *
   * @throws StoreException if it cannot be listed, begun often enough
   */
  public PathSet all() {
    try {
      return options.patience().ask(this::listed);
    } catch (AuditStoppedException e) {
      stop.request();
      return new PathSet.Builder(scratch).build();
    }
  }

  private PathSet listed() {
    var found = new PathSet.Builder(scratch);
    Consumer<StorePathHash> each =
        hash -> {
          stop.check();
          found.add(hash);
          progress.listed();
        };
    try {
      if (options.isQuick()) {
        listWithNars(each);
      } else {
        cache.list(each);
      }
    } catch (AuditStoppedException e) {
      stop.request();
    }
    return found.build();
  }

  private void listWithNars(Consumer<StorePathHash> each) {
    var nars = new ListedNars.Builder(scratch);
    boolean isTold = cache.list(each, nars::add);
    listed = Optional.of(nars.build()).filter(all -> isTold);
  }

  /**
   * Audits these paths.
   *
   * @param sink is told of every path once, by one thread at a time, in any order
   * @return whether all of them were gone through; false if the audit was stopped
   */
  public boolean run(PathSet paths, Consumer<Judged> sink) {
    return run(paths, sink, nar -> {});
  }

  /**
   * The same.
   *
   * @param read is told of every NAR that was read, before its path is, by many threads
   */
  public boolean run(PathSet paths, Consumer<Judged> sink, Consumer<ReadNar> read) {
    progress.planned(paths.size());
    try (Spool kept = scratch.spool("narinfos");
        Spool good = scratch.spool("good")) {
      Stages stages = new Stages(paths, kept, good, synchronizedSink(sink), read);
      try {
        stages.run();
      } catch (AuditStoppedException e) {
        stop.request();
      }
      if (stop.isRequested()) {
        stages.giveUp();
      }
      return !stop.isRequested();
    }
  }

  private static Consumer<Judged> synchronizedSink(Consumer<Judged> sink) {
    Object lock = new Object();
    return judged -> {
      synchronized (lock) {
        sink.accept(judged);
      }
    };
  }

  /** What one run is made of. */
  private final class Stages {
    private final References references = new References(scratch);
    private final NarQueue queue = new NarQueue(scratch);
    private final NarInfoLooks looks = new NarInfoLooks(cache, options.patience());
    private final NarInfoStage narInfos;
    private final NarStage nars;
    private final ClosureStage closures;

    Stages(PathSet paths, Spool kept, Spool good, Consumer<Judged> sink, Consumer<ReadNar> read) {
      PathTable table = new PathTable(paths, scratch);
      var reads =
          new NarReads(
              cache,
              options.patience(),
              new DecodingPlaces(options.jobs(), options.maxMemory()),
              stop,
              progress);
      var narLooks = new NarLooks(cache, reads, options, listed);
      var judge = new ContentJudge(options.settings(), options.verifier());
      var again = new SecondLooks(cache, options.patience(), looks, narLooks, judge, table, kept);
      var conclusions =
          new Conclusions(options, again, table, references, good, progress, sink, read);
      this.narInfos =
          new NarInfoStage(table, looks, narLooks, judge, conclusions, queue, kept, progress);
      this.nars =
          new NarStage(
              queue,
              kept,
              reads,
              narLooks,
              judge,
              table,
              conclusions,
              state,
              options,
              progress,
              stop);
      this.closures = new ClosureStage(table, references, kept, good, scratch, options, sink);
    }

    void run() {
      int requests = Math.max(options.jobs(), cache.requestsAtOnce());
      progress.enter(AuditProgress.Phase.NARINFOS);
      narInfos.run(new Workers(requests, stop));
      stop.check();
      progress.enter(AuditProgress.Phase.NARS);
      queue.close();
      nars.run(new Workers(requests, stop));
      stop.check();
      progress.enter(AuditProgress.Phase.CLOSURES);
      references.close();
      askOutside(requests);
      stop.check();
      closures.run(stop);
    }

    void giveUp() {
      closures.giveUp();
    }

    private void askOutside(int requests) {
      AtomicLong next = new AtomicLong();
      new Workers(requests, stop)
          .run(
              () -> {
                long number = next.getAndIncrement();
                return number < references.size()
                    ? Optional.of(() -> references.mark(number, ask(number)))
                    : Optional.empty();
              });
    }

    /** Whether the cache has it, although its listing had not: it came meanwhile. */
    private boolean isNew(long number, StorePath reference) {
      return !options.isPartial()
          && looks.look(number, reference.hash()) instanceof NarInfoLooks.Look.Found(var read)
          && read.narInfo().storePath().equals(reference);
    }

    /** That it is not is believed of two answers with no failure between. */
    private boolean isOutside(StorePath reference) {
      for (int look = 0; look < LOOKS; look++) {
        if (outside.contains(reference)) {
          return true;
        }
      }
      return false;
    }

    private PathTable.Mark ask(long number) {
      try {
        StorePath reference = references.get(number);
        if (options.patience().ask(() -> isOutside(reference))) {
          return PathTable.Mark.GOOD;
        }
        return isNew(number, reference) ? PathTable.Mark.UNCHECKED : PathTable.Mark.NONE;
      } catch (StoreException e) {
        return PathTable.Mark.UNCHECKED;
      }
    }
  }
}
