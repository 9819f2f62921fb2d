package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.ContentHashes;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.nar.UnreadNar;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.OutOfTimeException;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.DebugInfoLinks;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarListing;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.narinfo.NarInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads a NAR, once: a reading that the report already has is not made again. */
final class NarInspector {
  /** Each is an object of its own; the largest packages have some hundreds. */
  private static final int MAX_DEBUG_LINKS = 2000;

  private final VersionedStore cache;

  NarInspector(VersionedStore cache) {
    this.cache = requireNonNull(cache, "cache is null");
  }

  /** What is known of a NAR. */
  sealed interface Inspection {
    /**
     * It was read, now or before.
     *
     * @param listing if the NAR was read just now, is whole, and its listing is not too large
     */
    record Read(NarFacts facts, Optional<DerivedListing> listing) implements Inspection {
      public Read {
        requireNonNull(facts, "facts is null");
        requireNonNull(listing, "listing is null");
      }
    }

    /**
     * It is too large to be read, for this narinfo or at all; or it cannot be in the time that
     * there is.
     *
     * @param said what is to be said of it
     */
    record Unread(CheckResult said) implements Inspection {
      public Unread {
        requireNonNull(said, "said is null");
      }

      /** Whether somebody who has more time may read it. */
      boolean isForAudit() {
        return said instanceof CheckResult.Waits;
      }
    }

    /**
     * It has a content encoding, which clients undo: they would not get the bytes that are there.
     */
    record Encoded(String encoding) implements Inspection {
      public Encoded {
        requireNonNull(encoding, "encoding is null");
      }
    }
  }

  /**
   * Reads one version of a NAR as the narinfo says that it is to be read.
   *
   * @return empty if that version is gone
   * @throws StoreException if the transfer fails
   */
  Optional<Inspection> inspect(PathSeen seen, NarInfo narInfo, NarPath nar, VersionId version) {
    NarReading reading = NarReading.of(narInfo, nar, version);
    Optional<NarFacts> known =
        seen.facts()
            .filter(facts -> facts.reading().equals(reading))
            .filter(facts -> hasListing(seen, facts));
    if (known.isPresent()) {
      return Optional.of(new Inspection.Read(known.get(), Optional.empty()));
    }
    long maxNarSize = seen.settings().maxNarSize();
    return narInfo.narSize() > maxNarSize
        ? Optional.of(tooLarge("NarSize", maxNarSize, narInfo.narSize()))
        : cache.open(nar.key(), version).map(content -> inspect(content, reading, narInfo));
  }

  private static Inspection inspect(ObjectContent content, NarReading reading, NarInfo narInfo) {
    try (content) {
      StoredObject object = content.object();
      long maxFileSize = reading.maxFileSize();
      if (object.contentEncoding().isPresent()) {
        return new Inspection.Encoded(object.contentEncoding().get());
      }
      return object.size() > maxFileSize
          ? tooLarge("URL", maxFileSize, object.size())
          : read(content, reading, narInfo);
    }
  }

  private static Inspection tooLarge(String field, long max, long actual) {
    return new Inspection.Unread(CheckResult.failed(UnreadNar.tooLarge(field, max, actual)));
  }

  /** We may have stopped before the listing was kept; then the NAR is read again. */
  private boolean hasListing(PathSeen seen, NarFacts facts) {
    boolean expected =
        facts.archive() instanceof ArchiveFacts.WellFormed archive && archive.listing().isPresent();
    return !expected || cache.head(new ListingPath(seen.hash()).key()).isPresent();
  }

  private static Inspection read(ObjectContent content, NarReading reading, NarInfo narInfo) {
    Compression compression = narInfo.compression().orElseThrow();
    ContentHashes contentHashes = ContentHashes.of(narInfo);
    try {
      NarInspection found =
          new NarPass(narInfo.storeDir())
              .inspect(compression, narInfo.narSize(), content.bytes(), contentHashes.listeners());
      Optional<DerivedListing> listing = listing(found.archive()).map(DerivedListing::of);
      NarFacts facts =
          new NarFacts(
              reading,
              found.file().sha256(),
              found.file().size(),
              ArchiveFacts.of(
                  found.archive(),
                  contentHashes,
                  derived(found.archive(), reading, listing.isPresent())));
      return new Inspection.Read(facts, listing);
    } catch (OutOfTimeException e) {
      return new Inspection.Unread(
          new CheckResult.Waits(
              new Need.ForAudit(narInfo.storePath().hash()),
              UnreadNar.tooSlow(content.object().size(), e)));
    } catch (IOException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  private static ArchiveFacts.Derived derived(
      ArchiveOutcome outcome, NarReading reading, boolean listed) {
    Optional<NarListing> tree =
        outcome instanceof ArchiveOutcome.WellFormed whole ? whole.listing() : Optional.empty();
    return new ArchiveFacts.Derived(
        tree.filter(listing -> listed).map(NarListing::sha256),
        tree.map(listing -> debugInfo(listing, reading.nar())).orElse(List.of()));
  }

  private static List<ArchiveFacts.DebugInfo> debugInfo(NarListing listing, NarPath nar) {
    return DebugInfoLinks.of(listing, nar.key().value()).byBuildId().entrySet().stream()
        .limit(MAX_DEBUG_LINKS)
        .map(link -> new ArchiveFacts.DebugInfo(link.getKey(), link.getValue().member()))
        .toList();
  }

  private static Optional<byte[]> listing(ArchiveOutcome outcome) {
    return outcome instanceof ArchiveOutcome.WellFormed whole
        ? whole.listing().flatMap(NarListing::toJson)
        : Optional.empty();
  }
}
