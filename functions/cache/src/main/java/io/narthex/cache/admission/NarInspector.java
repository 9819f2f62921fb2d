package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.DebugInfoLinks;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarListing;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads a NAR, once: a reading that the report already has is not made again. */
final class NarInspector {
  /** A hash, a dash, one character and a space. */
  private static final int SHORTEST_REFERENCE = StorePathHash.LENGTH + 3;

  /** More than a narinfo can declare: an archive with others has some that are not declared. */
  private static final int MAX_STORE_PATHS = 2 + NarInfoReader.MAX_SIZE / SHORTEST_REFERENCE;

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

    /** It is too large to be read, for this narinfo or at all. */
    record TooLarge(Finding finding) implements Inspection {
      public TooLarge {
        requireNonNull(finding, "finding is null");
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
    NarReading reading =
        new NarReading(
            nar,
            version,
            narInfo.compressionLabel(),
            narInfo.narSize(),
            narInfo.ca().map(Object::toString).orElse(""),
            narInfo.storePath().hash(),
            narInfo.references().contains(narInfo.storePath()),
            narInfo.storeDir());
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
      long maxFileSize = maxFileSize(narInfo.narSize());
      if (object.contentEncoding().isPresent()) {
        return new Inspection.Encoded(object.contentEncoding().get());
      }
      return object.size() > maxFileSize
          ? tooLarge("URL", maxFileSize, object.size())
          : read(content, reading, narInfo);
    }
  }

  /** No compression makes an archive longer by more than this. */
  private static long maxFileSize(long narSize) {
    return narSize + narSize / 8 + (1 << 20);
  }

  private static Inspection tooLarge(String field, long max, long actual) {
    return new Inspection.TooLarge(
        new Finding(CheckName.ARCHIVE, field, "at most " + max + " bytes", actual + " bytes"));
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
              archive(found.archive(), reading, contentHashes, listing.isPresent()));
      return new Inspection.Read(facts, listing);
    } catch (IOException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  private static ArchiveFacts archive(
      ArchiveOutcome outcome, NarReading reading, ContentHashes contentHashes, boolean listed) {
    return switch (outcome) {
      case ArchiveOutcome.WellFormed whole -> wellFormed(whole, reading, contentHashes, listed);
      case ArchiveOutcome.Malformed(var nar, var offset, var reason) ->
          new ArchiveFacts.Malformed(offset, reason);
      case ArchiveOutcome.Corrupt(var reason) -> new ArchiveFacts.Corrupt(reason);
      case ArchiveOutcome.TooLarge(var limit) -> new ArchiveFacts.TooLarge(limit);
      case ArchiveOutcome.Unsupported(var compression) ->
          new ArchiveFacts.Unsupported(compression.label());
    };
  }

  private static ArchiveFacts wellFormed(
      ArchiveOutcome.WellFormed whole,
      NarReading reading,
      ContentHashes contentHashes,
      boolean listed) {
    SortedSet<StorePath> storePaths = storePaths(whole.storePaths().names());
    Hash narHash = whole.nar().sha256();
    return new ArchiveFacts.WellFormed(
        narHash,
        whole.nar().size(),
        whole.listing().filter(listing -> listed).map(NarListing::sha256),
        storePaths,
        whole.storePaths().complete() && storePaths.size() == whole.storePaths().names().size(),
        contentHashes.result(narHash),
        whole.listing().map(listing -> debugInfo(listing, reading.nar())).orElse(List.of()));
  }

  private static SortedSet<StorePath> storePaths(Map<StorePathHash, String> names) {
    var paths = new TreeSet<StorePath>();
    names.forEach(
        (hash, name) -> {
          if (paths.size() < MAX_STORE_PATHS) {
            paths.add(new StorePath(hash, name(name)));
          }
        });
    return paths;
  }

  /** The text behind a hash is not always a name. */
  private static StorePathName name(String text) {
    try {
      return new StorePathName(text);
    } catch (IllegalArgumentException e) {
      return new StorePathName("unnamed");
    }
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
