package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the NARs, one shared by several narinfos once. */
final class NarStage {
  /** How many narinfos of one NAR are looked at together; each is in memory, and no NAR is. */
  private static final int TOGETHER = 256;

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
      AuditProgress progress) {
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
  }

  /** How a narinfo says that its NAR is to be read. */
  private record Way(String compression, long narSize, StoreDir storeDir) {
    static Way of(NarInfo narInfo) {
      return new Way(narInfo.compressionLabel(), narInfo.narSize(), narInfo.storeDir());
    }
  }

  /** A narinfo and where it is kept. */
  private record Member(ReadNarInfo read, long at) {}

  void run(Workers workers) {
    workers.run(() -> queue.take().map(group -> () -> group(group)));
  }

  private void group(NarQueue.Group group) {
    for (long from = group.from(); from < group.to(); from += TOGETHER) {
      long to = Math.min(group.to(), from + TOGETHER);
      Map<Way, List<Member>> byWay = new LinkedHashMap<>();
      for (long record = from; record < to; record++) {
        long at = queue.narInfo(record);
        Member member = new Member(ReadNarInfo.read(kept.read(at)), at);
        byWay
            .computeIfAbsent(Way.of(member.read().narInfo()), way -> new ArrayList<>())
            .add(member);
      }
      byWay.values().forEach(this::read);
    }
  }

  private void read(List<Member> members) {
    NarInfo first = members.getFirst().read().narInfo();
    NarPath nar = NarPath.at(first.url()).orElseThrow();
    String name = first.storePath().name().toString();
    progress.begin(name);
    try {
      readUnknown(state.isKept() ? unknown(members, nar) : members, nar);
    } finally {
      progress.end(name);
    }
  }

  /** Concludes those that an earlier audit has read, and leaves the others. */
  private List<Member> unknown(List<Member> members, NarPath nar) {
    Optional<Identity> identity;
    try {
      identity = looks.identity(nar).filter(Identity::isTold);
    } catch (StoreException e) {
      unchecked(members, e);
      return List.of();
    }
    List<Member> unknown = new ArrayList<>();
    for (Member member : members) {
      Optional<NarSeen> known =
          identity.flatMap(
              object ->
                  state
                      .find(key(member.read(), object))
                      .map(findings -> new NarSeen.Known(object, findings)));
      if (known.isPresent()) {
        NarInfo narInfo = member.read().narInfo();
        progress.read(narInfo.fileSize().orElse(narInfo.narSize()));
        conclude(member, known.get());
      } else {
        unknown.add(member);
      }
    }
    return unknown;
  }

  private void readUnknown(List<Member> members, NarPath nar) {
    if (members.isEmpty()) {
      return;
    }
    List<NarSeen> seen;
    try {
      seen = reads.read(nar, members.stream().map(member -> member.read().narInfo()).toList());
    } catch (StoreException e) {
      unchecked(members, e);
      return;
    }
    for (int i = 0; i < members.size(); i++) {
      conclude(members.get(i), seen.get(i)).ifPresent(this::keep);
    }
  }

  private void unchecked(List<Member> members, StoreException e) {
    String why = Failures.why(e);
    members.forEach(
        member -> conclusions.unchecked(member.read().number(), Optional.of(member.read()), why));
  }

  private Optional<Sight> conclude(Member member, NarSeen seen) {
    ReadNarInfo read = member.read();
    ContentJudge.Content content =
        judge.judge(table.paths().get(read.number()), read.narInfo(), seen);
    return conclusions.conclude(read.number(), new Sight.Whole(read, member.at(), seen, content));
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
    return PackedHash.digest(all, AuditState.KEY_LENGTH);
  }
}
