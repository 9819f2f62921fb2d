package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.DebugInfoPath;
import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.nar.DebugInfoLink;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a NAR and is kept beside it: the listing and the links to debug information.
 * Where the uploader sent none, ours is written; where it sent one that says the same, that one is
 * verified; one that says something else is taken out.
 */
final class DerivedObjects {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final ListingAdmission listings;
  private final DebugInfoAdmission debugInfos;

  DerivedObjects(
      VersionedStore cache,
      VerdictTags tags,
      ListingAdmission listings,
      DebugInfoAdmission debugInfos) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.listings = requireNonNull(listings, "listings is null");
    this.debugInfos = requireNonNull(debugInfos, "debugInfos is null");
  }

  /**
   * Keeps the listing of a path that waits, untagged and so unseen: when the path is admitted its
   * NAR is not read again. If we stop right before it, the NAR is.
   */
  void prepare(StorePathHash hash, Judgement judgement) {
    ObjectKey key = new ListingPath(hash).key();
    judgement
        .listing()
        .filter(listing -> !creates(key, listing.object()))
        .ifPresent(
            listing -> {
              archive(judgement).ifPresent(a -> listings.weed(new ListingPath(hash), a));
              creates(key, listing.object());
            });
  }

  /**
   * Makes what follows from the NAR readable. Idempotent: each object is looked at as it is now.
   */
  void publish(PathSeen seen, NarPath nar, Judgement judgement) {
    ListingPath path = new ListingPath(seen.hash());
    archive(judgement)
        .ifPresent(
            archive -> {
              publishListing(path, archive, judgement.listing());
              if (seen.isTaggedVerified() || !judgement.audiences().isEmpty()) {
                tags.address(path.key(), judgement.audiences());
              }
              if (judgement.isSigned()) {
                archive.debugInfo().forEach(link -> publishDebugInfo(nar, link));
              }
            });
  }

  private static Optional<ArchiveFacts.WellFormed> archive(Judgement judgement) {
    return judgement
        .facts()
        .map(NarFacts::archive)
        .filter(ArchiveFacts.WellFormed.class::isInstance)
        .map(ArchiveFacts.WellFormed.class::cast);
  }

  private void publishListing(
      ListingPath path, ArchiveFacts.WellFormed archive, Optional<DerivedListing> listing) {
    if (!listing.map(l -> creates(path.key(), l.verified())).orElse(false)) {
      listings.look(path, archive);
      listing.ifPresent(l -> creates(path.key(), l.verified()));
    }
  }

  /**
   * Takes what follows from the NAR of a path out of view that has fallen; its report says so
   * already. Another signed path may have the same build id: then a link is right for that one.
   */
  void hide(Report fallen) {
    tags.hide(new ListingPath(fallen.hash()).key());
    for (ArchiveFacts.DebugInfo link : debugInfo(fallen)) {
      var path = new DebugInfoPath(link.buildId());
      tags.hide(path.key());
      var _ = debugInfos.look(path);
    }
  }

  private static List<ArchiveFacts.DebugInfo> debugInfo(Report report) {
    return report.facts().map(NarFacts::archive).stream()
        .filter(ArchiveFacts.WellFormed.class::isInstance)
        .flatMap(archive -> ((ArchiveFacts.WellFormed) archive).debugInfo().stream())
        .toList();
  }

  private void publishDebugInfo(NarPath nar, ArchiveFacts.DebugInfo link) {
    DebugInfoPath path = new DebugInfoPath(link.buildId());
    NewObject object = debugInfo(nar, link);
    if (!creates(path.key(), object)) {
      debugInfos.weed(path);
      creates(path.key(), object);
    }
  }

  /** If we stop right after it, a listing may be readable whose narinfo is not yet. */
  private boolean creates(ObjectKey key, NewObject object) {
    return switch (cache.putIfAbsent(key, object)) {
      case PutResult.Stored stored -> true;
      case PutResult.PreconditionFailed failed -> false;
    };
  }

  private static NewObject debugInfo(NarPath nar, ArchiveFacts.DebugInfo link) {
    byte[] json = new DebugInfoLink("../" + nar.key(), link.member()).toJson();
    return NewObject.of(json, "application/json").tagged(VerdictTag.VERIFIED.on(Tags.NONE));
  }
}
