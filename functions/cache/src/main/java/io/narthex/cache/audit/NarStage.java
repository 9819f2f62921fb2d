package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.NarSharers.Sharer;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ContentClaim;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads the NARs, one shared by several narinfos once. */
final class NarStage {
  /** How many different hashes of one NAR are computed together; most take 64 KiB each. */
  private static final int MOST_CLAIMS = 256;

  private final NarQueue queue;
  private final Spool kept;
  private final NarReads reads;
  private final NarLooks looks;
  private final ContentJudge judge;
  private final PathTable table;
  private final Conclusions conclusions;
  private final AuditState state;
  private final String settings;
  private final AuditProgress progress;
  private final StopSignal stop;

  NarStage(
      NarQueue queue,
      Spool kept,
      NarReads reads,
      NarLooks looks,
      ContentJudge judge,
      PathTable table,
      Conclusions conclusions,
      AuditState state,
      AuditOptions options,
      AuditProgress progress,
      StopSignal stop) {
    this.queue = requireNonNull(queue, "queue is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.looks = requireNonNull(looks, "looks is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.table = requireNonNull(table, "table is null");
    this.conclusions = requireNonNull(conclusions, "conclusions is null");
    this.state = requireNonNull(state, "state is null");
    this.settings = SettingsJson.digest(options.settings());
    this.progress = requireNonNull(progress, "progress is null");
    this.stop = requireNonNull(stop, "stop is null");
  }

  void run(Workers workers) {
    workers.run(
        () -> queue.take().map(group -> () -> read(new NarSharers(queue, kept, stop, group))));
  }

  private void read(NarSharers left) {
    NarInfo narInfo = left.first().read().narInfo();
    NarPath nar = NarPath.at(narInfo.url()).orElseThrow();
    String name = narInfo.storePath().name().toString();
    progress.begin(name);
    try {
      if (state.isKept()) {
        concludeKnown(nar, left);
      }
      while (!left.isEmpty()) {
        readFor(claims(left), nar, left);
      }
    } finally {
      progress.end(name);
    }
  }

  /** Concludes those that an earlier audit has read, and leaves the others. */
  private void concludeKnown(NarPath nar, NarSharers left) {
    try {
      looks
          .identity(nar)
          .filter(Identity::isTold)
          .ifPresent(object -> left.removeIf(sharer -> isKnown(sharer, object)));
    } catch (StoreException e) {
      unchecked(left, sharer -> true, e);
    }
  }

  private boolean isKnown(Sharer sharer, Identity object) {
    Optional<List<AuditFinding>> known = state.find(key(sharer.read(), object));
    known.ifPresent(
        findings -> {
          NarInfo narInfo = sharer.read().narInfo();
          progress.read(narInfo.fileSize().orElse(narInfo.narSize()));
          var seen = new NarSeen.Known(object, findings);
          var _ = conclusions.conclude(sharer.read().number(), sight(sharer, seen));
        });
    return known.isPresent();
  }

  /** What is claimed by those that are left, or by as many as can be heard in one reading. */
  private static Set<ContentClaim> claims(NarSharers left) {
    Set<ContentClaim> claims = new HashSet<>();
    left.removeIf(
        sharer -> {
          if (claims.size() < MOST_CLAIMS) {
            claims.add(ContentClaim.of(sharer.read().narInfo()));
          }
          return false;
        });
    return claims;
  }

  private void readFor(Set<ContentClaim> claims, NarPath nar, NarSharers left) {
    NarInfo narInfo = left.first().read().narInfo();
    Predicate<Sharer> claiming =
        sharer -> claims.contains(ContentClaim.of(sharer.read().narInfo()));
    Supplier<SeenNar> look = () -> reads.read(nar, narInfo, claims);
    SeenNar seen;
    try {
      seen = look.get();
    } catch (StoreException e) {
      unchecked(left, claiming, e);
      return;
    }
    SeenNar second = new SecondSeenNar(look);
    left.removeIf(
        sharer -> {
          boolean isRead = claiming.test(sharer);
          if (isRead) {
            Sight first = sight(sharer, seen.of(sharer.read().narInfo()));
            conclusions.conclude(sharer.read().number(), first, second).ifPresent(this::keep);
          }
          return isRead;
        });
  }

  private void unchecked(NarSharers left, Predicate<Sharer> which, StoreException e) {
    String why = Failures.why(e);
    left.removeIf(
        sharer -> {
          boolean isOne = which.test(sharer);
          if (isOne) {
            conclusions.unchecked(sharer.read().number(), Optional.of(sharer.read()), why);
          }
          return isOne;
        });
  }

  private Sight sight(Sharer sharer, NarSeen seen) {
    ReadNarInfo read = sharer.read();
    ContentJudge.Content content =
        judge.judge(table.paths().get(read.number()), read.narInfo(), seen);
    return new Sight.Whole(read, sharer.at(), seen, content);
  }

  /** Keeps what is certain: not what one read said and another did not. */
  private void keep(Sight found) {
    if (found instanceof Sight.Whole(var read, var at, NarSeen.Read seen, var content)
        && read.identity().isTold()
        && seen.object().isTold()) {
      state.keep(key(read, seen.object()), content.findings());
    }
  }

  private byte[] key(ReadNarInfo read, Identity object) {
    String all =
        String.join(
            "\n",
            settings,
            table.paths().get(read.number()).nix32(),
            read.identity().toString(),
            read.text(),
            object.toString());
    return PackedHash.digest(all);
  }
}
