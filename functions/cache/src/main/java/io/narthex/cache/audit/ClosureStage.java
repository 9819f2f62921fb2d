package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.PathTable.Mark;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks at the closures of all paths that are good in themselves, and concludes what they are. A
 * closure is complete if every reference counts and has a complete closure itself.
 */
final class ClosureStage {
  private static final int MAX_FINDINGS = 10;

  private final PathTable table;
  private final References references;
  private final Spool kept;
  private final Spool good;
  private final Scratch scratch;
  private final AuditOptions options;
  private final Consumer<Judged> sink;

  ClosureStage(
      PathTable table,
      References references,
      Spool kept,
      Spool good,
      Scratch scratch,
      AuditOptions options,
      Consumer<Judged> sink) {
    this.table = requireNonNull(table, "table is null");
    this.references = requireNonNull(references, "references is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.good = requireNonNull(good, "good is null");
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.options = requireNonNull(options, "options is null");
    this.sink = requireNonNull(sink, "sink is null");
  }

  void run(StopSignal stop) {
    if (options.settings().closure() == ClosureMode.STRICT && marksDirectly(stop)) {
      new Referrers(table, kept, good, scratch, stop).mark();
    }
    forEach(stop, (path, read) -> sink.accept(conclude(path, read, misses(read.narInfo()))));
  }

  /** Says of all of them that they were not looked at, because the audit was stopped. */
  void giveUp() {
    for (long at = 0; at < good.end(); at = good.next(at)) {
      GoodPath path = GoodPath.read(good.read(at));
      ReadNarInfo read = ReadNarInfo.read(kept.read(path.narInfo()));
      String why = "the audit was stopped before its closure was looked at";
      sink.accept(judged(path, read, AuditVerdict.UNCHECKED, Optional.of(why), List.of()));
    }
  }

  /** One good path and its narinfo. */
  private interface Visitor {
    void visit(GoodPath path, ReadNarInfo read);
  }

  private void forEach(StopSignal stop, Visitor visitor) {
    for (long at = 0; at < good.end(); at = good.next(at)) {
      stop.check();
      GoodPath path = GoodPath.read(good.read(at));
      visitor.visit(path, ReadNarInfo.read(kept.read(path.narInfo())));
    }
  }

  /**
   * Marks the paths of which a reference counts for nothing.
   *
   * @return whether there is any
   */
  private boolean marksDirectly(StopSignal stop) {
    MemorySegment later = scratch.memory("incomplete", table.paths().size());
    boolean[] any = new boolean[1];
    forEach(
        stop,
        (path, read) -> {
          List<MissedReference> misses = misses(read.narInfo());
          if (!misses.isEmpty()) {
            any[0] = true;
            later.set(ValueLayout.JAVA_BYTE, path.number(), mark(misses).code());
          }
        });
    for (long number = 0; number < table.paths().size() && any[0]; number++) {
      byte mark = later.get(ValueLayout.JAVA_BYTE, number);
      if (mark != 0) {
        table.mark(number, Mark.of(mark));
      }
    }
    return any[0];
  }

  private static Mark mark(List<MissedReference> misses) {
    boolean unsure =
        misses.stream().allMatch(missed -> missed.why() == MissedReference.Why.UNCHECKED);
    return unsure ? Mark.UNSURE : Mark.INCOMPLETE;
  }

  private List<MissedReference> misses(NarInfo narInfo) {
    List<MissedReference> misses = new ArrayList<>();
    for (StorePath reference : narInfo.references()) {
      if (!reference.equals(narInfo.storePath())) {
        Mark mark = table.referred(reference).orElseGet(() -> references.mark(reference));
        mark.why().map(why -> new MissedReference(reference, why)).ifPresent(misses::add);
      }
    }
    return misses;
  }

  private Judged conclude(GoodPath path, ReadNarInfo read, List<MissedReference> misses) {
    if (misses.isEmpty()) {
      return options.isQuick()
          ? judged(path, read, AuditVerdict.UNCHECKED, Optional.of(AuditedPath.NOT_READ), List.of())
          : judged(path, read, AuditVerdict.VERIFIED, Optional.empty(), List.of());
    }
    if (options.settings().closure() == ClosureMode.WARN) {
      return judged(
          path,
          read,
          options.isQuick() ? AuditVerdict.UNCHECKED : AuditVerdict.VERIFIED,
          options.isQuick() ? Optional.of(AuditedPath.NOT_READ) : Optional.empty(),
          misses);
    }
    return mark(misses) == Mark.UNSURE
        ? judged(
            path,
            read,
            AuditVerdict.UNCHECKED,
            Optional.of("whether " + misses.getFirst().path() + " is good is not known"),
            misses)
        : judged(path, read, AuditVerdict.WAITING, Optional.empty(), misses);
  }

  private Judged judged(
      GoodPath path,
      ReadNarInfo read,
      AuditVerdict verdict,
      Optional<String> why,
      List<MissedReference> misses) {
    NarInfo narInfo = read.narInfo();
    return new Judged(
        new AuditedPath(
            table.paths().get(path.number()),
            Optional.of(narInfo.storeDir().print(narInfo.storePath())),
            verdict,
            why,
            findings(path, verdict, misses),
            Optional.of(path.content().sizes()),
            misses),
        Optional.of(read.identity().version()),
        NarPath.at(narInfo.url()),
        path.narVersion());
  }

  /** With the first misses. That a closure could not be looked at is nothing that was found. */
  private List<AuditFinding> findings(
      GoodPath path, AuditVerdict verdict, List<MissedReference> misses) {
    boolean isWarned = options.settings().closure() == ClosureMode.WARN;
    if (!isWarned && verdict == AuditVerdict.UNCHECKED) {
      return path.content().findings();
    }
    AuditFinding.Weight weight = isWarned ? AuditFinding.Weight.WARNED : AuditFinding.Weight.WAITS;
    return Stream.concat(
            path.content().findings().stream(),
            misses.stream()
                .limit(MAX_FINDINGS)
                .map(missed -> new AuditFinding(weight, finding(missed))))
        .toList();
  }

  private static Finding finding(MissedReference missed) {
    String actual =
        switch (missed.why()) {
          case ABSENT -> "not in this cache or upstream";
          case REJECTED -> "rejected";
          case WAITING -> "waiting itself";
          case UNCHECKED -> "not known";
        };
    return new Finding(CheckName.CLOSURE, "References", missed.path() + " admitted", actual);
  }
}
