package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws the conclusion for one path, apart from its closure. A bad one is drawn only of what has
 * not changed since: narinfo and NAR are looked for once more, and read once more if they come from
 * far away.
 */
final class Conclusions {
  private static final int ATTEMPTS = 3;

  private final AuditedCache cache;
  private final AuditOptions options;
  private final NarInfoLooks narInfos;
  private final NarLooks nars;
  private final ContentJudge judge;
  private final PathTable table;
  private final Spool kept;
  private final Spool good;
  private final AuditProgress progress;
  private final Consumer<Judged> sink;

  /**
   * @param kept where narinfos are kept
   * @param good where good paths are kept
   * @param sink of all others; told by one thread at a time
   */
  Conclusions(
      AuditedCache cache,
      AuditOptions options,
      NarInfoLooks narInfos,
      NarLooks nars,
      PathTable table,
      Spool kept,
      Spool good,
      AuditProgress progress,
      Consumer<Judged> sink) {
    this.cache = requireNonNull(cache, "cache is null");
    this.options = requireNonNull(options, "options is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
    this.nars = requireNonNull(nars, "nars is null");
    this.judge = new ContentJudge(options.settings(), options.verifier());
    this.table = requireNonNull(table, "table is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.good = requireNonNull(good, "good is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.sink = requireNonNull(sink, "sink is null");
  }

  /** What the checks say of a path whose NAR was seen. */
  ContentJudge.Content judge(ReadNarInfo read, NarSeen seen) {
    return judge.judge(table.paths().get(read.number()), read.narInfo(), seen);
  }

  /**
   * Concludes what a narinfo and its NAR are.
   *
   * @param at where the narinfo is kept
   */
  void conclude(ReadNarInfo read, long at, NarSeen seen, ContentJudge.Content content) {
    if (content.verdict() == AuditVerdict.VERIFIED) {
      good(read, at, seen, content);
      return;
    }
    try {
      confirm(read, at, seen, content);
    } catch (StoreException e) {
      unchecked(read.number(), Optional.of(read), Failures.why(e));
    }
  }

  private void confirm(ReadNarInfo read, long at, NarSeen seen, ContentJudge.Content content) {
    ReadNarInfo lastRead = read;
    NarSeen lastSeen = seen;
    ContentJudge.Content last = content;
    long lastAt = at;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (last.verdict() == AuditVerdict.VERIFIED) {
        good(lastRead, lastAt, lastSeen, last);
        return;
      }
      if (isStill(lastRead, lastSeen)) {
        bad(lastRead, lastSeen, last);
        return;
      }
      switch (narInfos.look(read.number(), hash(read.number()))) {
        case NarInfoLooks.Look.Absent absent -> {
          gone(read.number());
          return;
        }
        case NarInfoLooks.Look.Malformed malformed -> {
          malformed(read.number(), malformed);
          return;
        }
        case NarInfoLooks.Look.Found(var again) -> {
          lastAt = again.equals(lastRead) ? lastAt : kept.append(again.write());
          lastRead = again;
          lastSeen = nars.look(again.narInfo());
          last = judge(again, lastSeen);
          table.name(read.number(), again.narInfo().storePath());
        }
      }
    }
    unchecked(read.number(), Optional.of(lastRead), "it changes while it is read");
  }

  /** Whether narinfo and NAR are what they were; from far away, whether they read the same. */
  private boolean isStill(ReadNarInfo read, NarSeen seen) {
    NarInfoPath path = new NarInfoPath(hash(read.number()));
    if (!cache.isRemote()) {
      return options
              .patience()
              .ask(() -> cache.head(path.key()))
              .map(Identity::of)
              .equals(Optional.of(read.identity()))
          && identity(read).equals(seen.identity());
    }
    return narInfos.look(read.number(), path.hash()).equals(new NarInfoLooks.Look.Found(read))
        && (seen instanceof NarSeen.Known
            ? identity(read).equals(seen.identity())
            : nars.look(read.narInfo()).equals(seen));
  }

  private Optional<Identity> identity(ReadNarInfo read) {
    return NarPath.at(read.narInfo().url()).flatMap(nars::identity);
  }

  private StorePathHash hash(long number) {
    return table.paths().get(number);
  }

  private void good(ReadNarInfo read, long at, NarSeen seen, ContentJudge.Content content) {
    table.mark(read.number(), PathTable.Mark.GOOD);
    good.append(
        new GoodPath(read.number(), at, seen.identity().map(Identity::version), content).write());
    progress.path();
  }

  private void bad(ReadNarInfo read, NarSeen seen, ContentJudge.Content content) {
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
            seen.identity().map(Identity::version),
            content.audiences()));
  }

  private static String storePath(ReadNarInfo read) {
    return read.narInfo().storeDir().print(read.narInfo().storePath());
  }

  /** Concludes that a narinfo is none, if it still is none. */
  void malformed(long number, NarInfoLooks.Look.Malformed found) {
    try {
      NarInfoLooks.Look again = narInfos.look(number, hash(number));
      if (!again.equals(found)) {
        unchecked(number, Optional.empty(), "it changes while it is read");
        return;
      }
    } catch (StoreException e) {
      unchecked(number, Optional.empty(), Failures.why(e));
      return;
    }
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
            Optional.empty(),
            List.of()));
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
            Optional.empty(),
            List.of()));
  }

  /** Concludes that there is no narinfo, or none any more. */
  void gone(long number) {
    table.mark(number, PathTable.Mark.NONE);
    if (options.tellsAbsent()) {
      tell(
          new Judged(
              absent(hash(number)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
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
