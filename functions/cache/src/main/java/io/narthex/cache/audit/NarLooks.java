package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ContentClaim;
import io.narthex.cache.nar.UnreadNar;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks at the NAR of one narinfo, as closely as the audit is to. */
final class NarLooks {
  private final AuditedCache cache;
  private final Patience patience;
  private final NarReads reads;
  private final Settings settings;
  private final boolean isQuick;
  private final Optional<ListedNars> listed;

  /**
   * @param listed what a listing of all NARs showed, if there was one
   */
  NarLooks(AuditedCache cache, NarReads reads, AuditOptions options, Optional<ListedNars> listed) {
    this.cache = requireNonNull(cache, "cache is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.patience = options.patience();
    this.settings = options.settings();
    this.isQuick = options.isQuick();
    this.listed = requireNonNull(listed, "listed is null");
  }

  /** Whether its NAR is to be read for this narinfo. */
  boolean reads(NarInfo narInfo) {
    return !isQuick
        && NarPath.at(narInfo.url()).isPresent()
        && narInfo.compression().isPresent()
        && narInfo.narSize() <= settings.maxNarSize();
  }

  /**
   * Looks at it for the first time: in the listing, if that says enough.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be read, often enough
   */
  NarSeen lookFirst(NarInfo narInfo) {
    Optional<NarPath> nar = NarPath.at(narInfo.url());
    if (listed.isEmpty() || nar.isEmpty() || narInfo.narSize() > settings.maxNarSize()) {
      return look(narInfo);
    }
    OptionalLong size = listed.get().size(nar.get());
    return size.isPresent() ? new NarSeen.Listed(size.getAsLong()) : new NarSeen.Absent();
  }

  /**
   * Looks at it.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be read, often enough
   */
  NarSeen look(NarInfo narInfo) {
    Optional<NarPath> nar = NarPath.at(narInfo.url());
    if (nar.isEmpty()) {
      return new NarSeen.Absent();
    }
    return reads(narInfo)
        ? reads.read(nar.get(), narInfo, Set.of(ContentClaim.of(narInfo))).of(narInfo)
        : identity(nar.get()).map(found -> unread(found, narInfo)).orElseGet(NarSeen.Absent::new);
  }

  private NarSeen unread(Identity found, NarInfo narInfo) {
    if (narInfo.narSize() <= settings.maxNarSize()) {
      return new NarSeen.Stored(found, cache.tellsSizes());
    }
    Finding tooLarge = UnreadNar.tooLarge("NarSize", settings.maxNarSize(), narInfo.narSize());
    return new NarSeen.Unread(found, tooLarge);
  }

  /** Which object lies under the key of a NAR now; empty if none does. */
  Optional<Identity> identity(NarPath nar) {
    return patience.ask(() -> cache.head(nar.key())).map(Identity::of);
  }
}
