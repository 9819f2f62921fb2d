package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * Looks at a path that seems bad until it is good once or the same twice in a row. On this machine
 * it is the same if narinfo and NAR are the same files; from far away only if they read the same.
 */
final class SecondLooks {
  private static final int MOST = 5;

  private final AuditedCache cache;
  private final Patience patience;
  private final NarInfoLooks narInfos;
  private final NarLooks nars;
  private final ContentJudge judge;
  private final PathTable table;
  private final Spool kept;

  /**
   * @param kept where narinfos are kept
   */
  SecondLooks(
      AuditedCache cache,
      Patience patience,
      NarInfoLooks narInfos,
      NarLooks nars,
      ContentJudge judge,
      PathTable table,
      Spool kept) {
    this.cache = requireNonNull(cache, "cache is null");
    this.patience = requireNonNull(patience, "patience is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
    this.nars = requireNonNull(nars, "nars is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.table = requireNonNull(table, "table is null");
    this.kept = requireNonNull(kept, "kept is null");
  }

  /**
   * What a path is.
   *
   * @param first what was seen of it
   * @param second what is seen of its NAR next, if its narinfo is the same
   * @return empty if it was something else each time
   * @throws io.narthex.cache.store.StoreException if it could not be read, often enough
   */
  Optional<Sight> confirm(long number, Sight first, SeenNar second) {
    StorePathHash hash = table.paths().get(number);
    Sight last = first;
    SeenNar nar = second;
    for (int look = 0; look < MOST; look++) {
      if (isCertain(last, hash)) {
        return Optional.of(last);
      }
      Sight next = look(number, hash, last, nar);
      if (next.isSame(last)) {
        return Optional.of(next);
      }
      last = next;
      nar = this::look;
    }
    return isCertain(last, hash) ? Optional.of(last) : Optional.empty();
  }

  private boolean isCertain(Sight sight, StorePathHash hash) {
    return switch (sight) {
      case Sight.Absent absent -> true;
      case Sight.Malformed malformed -> false;
      case Sight.Whole whole -> whole.isGood() || isUnchanged(whole, hash);
    };
  }

  /** Whether nothing need be read again, for it is what it was. */
  private boolean isUnchanged(Sight.Whole whole, StorePathHash hash) {
    if (cache.isRemote() && !(whole.seen() instanceof NarSeen.Known)) {
      return false;
    }
    Optional<NarPath> nar = NarPath.at(whole.read().narInfo().url());
    return head(new NarInfoPath(hash).key()).equals(Optional.of(whole.read().identity()))
        && nar.flatMap(path -> head(path.key())).equals(whole.seen().identity());
  }

  private Optional<Identity> head(ObjectKey key) {
    return patience.ask(() -> cache.head(key)).map(Identity::of);
  }

  /** Looks at the NAR of a narinfo for it alone. */
  NarSeen look(NarInfo narInfo) {
    return nars.look(narInfo);
  }

  private Sight look(long number, StorePathHash hash, Sight last, SeenNar nar) {
    return switch (narInfos.look(number, hash)) {
      case NarInfoLooks.Look.Absent absent -> new Sight.Absent();
      case NarInfoLooks.Look.Malformed malformed -> new Sight.Malformed(malformed);
      case NarInfoLooks.Look.Found(var read) -> whole(read, hash, last, nar);
    };
  }

  private Sight whole(ReadNarInfo read, StorePathHash hash, Sight last, SeenNar nar) {
    boolean isKnown = last instanceof Sight.Whole whole && whole.read().equals(read);
    long at = isKnown ? ((Sight.Whole) last).at() : keep(read);
    NarSeen seen = isKnown ? nar.of(read.narInfo()) : look(read.narInfo());
    return new Sight.Whole(read, at, seen, judge.judge(hash, read.narInfo(), seen));
  }

  private long keep(ReadNarInfo read) {
    table.name(read.number(), read.narInfo().storePath());
    return kept.append(read.write());
  }
}
