package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws the conclusion for one path, apart from its closure. A bad one is drawn only of what was
 * looked at again ({@link SecondLooks}).
 */
final class Conclusions {
  private final AuditOptions options;
  private final SecondLooks again;
  private final PathTable table;
  private final References references;
  private final Spool good;
  private final AuditProgress progress;
  private final Consumer<Judged> sink;
  private final Consumer<ReadNar> read;

  /**
   * @param good where good paths are kept
   * @param sink of all others; told by one thread at a time
   * @param read of every NAR that was read
   */
  Conclusions(
      AuditOptions options,
      SecondLooks again,
      PathTable table,
      References references,
      Spool good,
      AuditProgress progress,
      Consumer<Judged> sink,
      Consumer<ReadNar> read) {
    this.options = requireNonNull(options, "options is null");
    this.again = requireNonNull(again, "again is null");
    this.table = requireNonNull(table, "table is null");
    this.references = requireNonNull(references, "references is null");
    this.good = requireNonNull(good, "good is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.read = requireNonNull(read, "read is null");
  }

  /**
   * Concludes what a path is.
   *
   * @return what it is; empty if that is not known
   */
  Optional<Sight> conclude(long number, Sight first) {
    return conclude(number, first, again::look);
  }

  /**
   * The same of a path that shares its NAR.
   *
   * @param second what is seen of the NAR in a second look, which all of those share too
   */
  Optional<Sight> conclude(long number, Sight first, SeenNar second) {
    Optional<ReadNarInfo> read =
        first instanceof Sight.Whole whole ? Optional.of(whole.read()) : Optional.empty();
    try {
      Optional<Sight> found = again.confirm(number, first, second);
      found.ifPresentOrElse(
          sight -> tell(number, sight),
          () -> unchecked(number, read, "it changes while it is read"));
      return found;
    } catch (StoreException e) {
      unchecked(number, read, Failures.why(e));
      return Optional.empty();
    }
  }

  private void tell(long number, Sight found) {
    switch (found) {
      case Sight.Absent absent -> gone(number);
      case Sight.Malformed(var look) -> malformed(number, look);
      case Sight.Whole whole -> whole(number, whole);
    }
  }

  private void whole(long number, Sight.Whole whole) {
    if (whole.seen() instanceof NarSeen.Read(_, var facts)) {
      read.accept(new ReadNar(hash(number), whole.read().identity().version(), facts));
    }
    if (whole.isGood()) {
      good(whole);
    } else {
      bad(whole);
    }
  }

  private StorePathHash hash(long number) {
    return table.paths().get(number);
  }

  private void good(Sight.Whole whole) {
    table.mark(whole.read().number(), PathTable.Mark.GOOD);
    good.append(GoodPath.of(whole, this::refer).write());
    progress.path();
  }

  private Referred refer(StorePath reference) {
    Referred referred = table.refer(reference);
    if (referred.isOutside()) {
      references.meet(reference);
    }
    return referred;
  }

  private void bad(Sight.Whole whole) {
    ReadNarInfo read = whole.read();
    ContentJudge.Content content = whole.content();
    boolean rejected = content.verdict() == AuditVerdict.REJECTED;
    table.mark(read.number(), rejected ? PathTable.Mark.REJECTED : PathTable.Mark.WAITING);
    tell(
        new Judged(
            new AuditedPath(
                hash(read.number()),
                Optional.of(storePath(read)),
                content.verdict(),
                Optional.empty(),
                content.findings(),
                Optional.of(content.sizes()),
                List.of()),
            Optional.of(read.identity().version()),
            NarPath.at(read.narInfo().url()),
            whole.seen().identity().map(Identity::version)));
  }

  private static String storePath(ReadNarInfo read) {
    return read.narInfo().storeDir().print(read.narInfo().storePath());
  }

  private void malformed(long number, NarInfoLooks.Look.Malformed found) {
    table.mark(number, PathTable.Mark.REJECTED);
    tell(
        new Judged(
            new AuditedPath(
                hash(number),
                Optional.empty(),
                AuditVerdict.REJECTED,
                Optional.empty(),
                List.of(new AuditFinding(AuditFinding.Weight.FAILED, found.finding())),
                Optional.empty(),
                List.of()),
            Optional.of(found.identity().version()),
            Optional.empty(),
            Optional.empty()));
  }

  /** Concludes that nothing can be said of a path. */
  void unchecked(long number, Optional<ReadNarInfo> read, String why) {
    table.mark(number, PathTable.Mark.UNCHECKED);
    tell(
        new Judged(
            new AuditedPath(
                hash(number),
                read.map(Conclusions::storePath),
                AuditVerdict.UNCHECKED,
                Optional.of(why),
                List.of(),
                Optional.empty(),
                List.of()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void gone(long number) {
    table.mark(number, PathTable.Mark.NONE);
    if (options.tellsAbsent()) {
      tell(new Judged(absent(hash(number)), Optional.empty(), Optional.empty(), Optional.empty()));
    } else {
      progress.path();
    }
  }

  private static AuditedPath absent(StorePathHash hash) {
    Finding finding =
        new Finding(
            CheckName.NARINFO_SYNTAX,
            new NarInfoPath(hash).key().value(),
            "a narinfo",
            "no such object");
    return new AuditedPath(
        hash,
        Optional.empty(),
        AuditVerdict.WAITING,
        Optional.empty(),
        List.of(new AuditFinding(AuditFinding.Weight.WAITS, finding)),
        Optional.empty(),
        List.of());
  }

  private void tell(Judged judged) {
    sink.accept(judged);
    progress.path();
  }
}
