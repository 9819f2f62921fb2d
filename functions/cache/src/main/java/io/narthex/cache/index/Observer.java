package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoBytes;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.DeniedObjectException;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.Optional;

/** Looks at what lies in the two buckets under a hash at this moment, in two requests. */
final class Observer {
  /** An uploader who overwrites a narinfo again and again is waited for no longer. */
  private static final int MAX_LOOKS = 5;

  private final VersionedStore cache;
  private final NarInfoReader narInfos;
  private final Reports reports;

  Observer(VersionedStore cache, ObjectStore state) {
    this.cache = requireNonNull(cache, "cache is null");
    this.narInfos = new NarInfoReader(cache);
    this.reports = new Reports(state);
  }

  /**
   * The entry of a path; empty if the index says nothing of it. One whose narinfo or report cannot
   * be had is not waited for: it would hold up every other one.
   *
   * @throws StoreException if the store fails, or the narinfo keeps changing
   */
  Optional<Entry> observe(StorePathHash hash) {
    var path = new NarInfoPath(hash);
    for (int i = 0; i < MAX_LOOKS; i++) {
      Optional<TaggedVersion> current = cache.tags(path.key());
      if (current.isEmpty()) {
        return withoutNarInfo(hash);
      }
      Optional<Entry> seen = seenUnlessDenied(path, current.get());
      if (seen.isPresent()) {
        return seen;
      }
    }
    throw new StoreException(path.key() + " keeps changing while it is looked at");
  }

  private Optional<Entry> seenUnlessDenied(NarInfoPath path, TaggedVersion current) {
    try {
      return seen(path, current);
    } catch (DeniedObjectException _) {
      return Optional.of(entry(path.hash(), current, Optional.empty()));
    }
  }

  /** What one version says; empty if that is gone. */
  private Optional<Entry> seen(NarInfoPath path, TaggedVersion current) {
    return switch (narInfos.bytes(path, current.version())) {
      case NarInfoBytes.Gone _ -> Optional.empty();
      case NarInfoBytes.Unreadable _ -> Optional.of(entry(path.hash(), current, Optional.empty()));
      case NarInfoBytes.Decoded(var bytes, var written) ->
          Optional.of(entry(path.hash(), current, described(bytes, written, current)));
    };
  }

  private static Optional<Described> described(
      byte[] narInfo, Instant written, TaggedVersion current) {
    return PlainNarInfo.read(narInfo, written, VerdictTag.others(current.tags()));
  }

  /** One that was not judged yet waits: for its verdict. */
  private static Entry entry(
      StorePathHash hash, TaggedVersion current, Optional<Described> described) {
    return new Entry(hash, VerdictTag.of(current.tags()).orElse(VerdictTag.WAITING), described);
  }

  /**
   * The entry of a path that has no narinfo, in one request. What was rejected was taken out; its
   * report says so, and one that cannot be read says nothing.
   */
  Optional<Entry> withoutNarInfo(StorePathHash hash) {
    return standing(hash)
        .filter(standing -> standing == Standing.REJECTED)
        .map(_ -> new Entry(hash, VerdictTag.REJECTED, Optional.empty()));
  }

  private Optional<Standing> standing(StorePathHash hash) {
    try {
      return reports.read(hash).map(Reports.Stored::report).map(Report::standing);
    } catch (UnreadableObjectException _) {
      return Optional.empty();
    }
  }
}
