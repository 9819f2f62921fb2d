package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.PathTable.Mark;
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
  private boolean isTelling;

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
    boolean isStrict = options.settings().closure() == ClosureMode.STRICT;
    boolean isClosed = isStrict && !marksDirectly(stop);
    if (isStrict && !isClosed) {
      new Referrers(table, good, scratch, stop).mark();
    }
    isTelling = true;
    forEach(stop, path -> sink.accept(conclude(path, isClosed ? List.of() : misses(path))));
  }

  /**
   * Says of all of them that they were not looked at, because the audit was stopped; of none if
   * some have been told of already.
   */
  void giveUp() {
    if (isTelling) {
      return;
    }
    Optional<String> why = Optional.of("the audit was stopped before its closure was looked at");
    good.forEach(
        (at, record) ->
            sink.accept(judged(GoodPath.read(record), AuditVerdict.UNCHECKED, why, List.of())));
  }

  private void forEach(StopSignal stop, Consumer<GoodPath> visitor) {
    good.forEach(
        (at, record) -> {
          stop.check();
          visitor.accept(GoodPath.read(record));
        });
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
        path -> {
          List<MissedReference> misses = misses(path);
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

  /** Reads the narinfo again only if something is missed, or is not among those audited. */
  private List<MissedReference> misses(GoodPath path) {
    boolean isComplete = path.references().stream().allMatch(table::counts);
    return isComplete ? List.of() : misses(ReadNarInfo.read(kept.read(path.narInfo())).narInfo());
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

  private Judged conclude(GoodPath path, List<MissedReference> misses) {
    if (misses.isEmpty()) {
      return options.isQuick()
          ? judged(path, AuditVerdict.UNCHECKED, Optional.of(AuditedPath.NOT_READ), List.of())
          : judged(path, AuditVerdict.VERIFIED, Optional.empty(), List.of());
    }
    if (options.settings().closure() == ClosureMode.WARN) {
      return judged(
          path,
          options.isQuick() ? AuditVerdict.UNCHECKED : AuditVerdict.VERIFIED,
          options.isQuick() ? Optional.of(AuditedPath.NOT_READ) : Optional.empty(),
          misses);
    }
    return mark(misses) == Mark.UNSURE
        ? judged(
            path,
            AuditVerdict.UNCHECKED,
            Optional.of("whether " + misses.getFirst().path() + " is good is not known"),
            misses)
        : judged(path, AuditVerdict.WAITING, Optional.empty(), misses);
  }

  private Judged judged(
      GoodPath path, AuditVerdict verdict, Optional<String> why, List<MissedReference> misses) {
    return new Judged(
        new AuditedPath(
            table.paths().get(path.number()),
            Optional.of(path.storePath()),
            verdict,
            why,
            findings(path, verdict, misses),
            Optional.of(path.content().sizes()),
            misses),
        Optional.of(path.version()),
        path.nar(),
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
