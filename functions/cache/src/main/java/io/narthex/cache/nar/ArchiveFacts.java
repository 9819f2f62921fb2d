package io.narthex.cache.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.path.StorePath;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What decoding and parsing a NAR came to. */
public sealed interface ArchiveFacts {
  /** Whether it is a whole archive with this SHA-256. */
  default boolean hasNarHash(Hash hash) {
    return this instanceof WellFormed archive && archive.narHash().equals(hash);
  }

  /** What a pass found, as far as it is kept. */
  static ArchiveFacts of(ArchiveOutcome outcome, ContentHashes contentHashes, Derived derived) {
    return switch (outcome) {
      case ArchiveOutcome.WellFormed whole ->
          StorePathFacts.wellFormed(whole, contentHashes, derived);
      case ArchiveOutcome.Malformed(var nar, var offset, var reason) ->
          new Malformed(offset, reason);
      case ArchiveOutcome.Corrupt(var reason) -> new Corrupt(reason);
      case ArchiveOutcome.TooLarge(var limit) -> new TooLarge(limit);
      case ArchiveOutcome.Unsupported(var compression) -> new Unsupported(compression.label());
    };
  }

  /**
   * What is made of the tree of a whole archive.
   *
   * @param listing SHA-256 of the canonical listing, if there is one that is kept
   * @param debugInfo what {@code index-debug-info} links to
   */
  record Derived(Optional<Hash> listing, List<DebugInfo> debugInfo) {
    /** Nothing. */
    public static final Derived NONE = new Derived(Optional.empty(), List.of());

    public Derived {
      requireNonNull(listing, "listing is null");
      debugInfo = List.copyOf(debugInfo);
    }
  }

  /**
   * A whole archive and nothing after it.
   *
   * @param narHash SHA-256 of the archive
   * @param narSize bytes of the archive
   * @param listing SHA-256 of the canonical listing; empty if there is none: the tree is too large,
   *     or has names that JSON cannot say
   * @param storePaths store paths whose text occurs in it, as far as they were collected
   * @param storePathsComplete false if there were more than are collected
   * @param contentHashes what the {@code CA} field may say: one hash, or two for a self-referencing
   *     path (Nix changed the rule); none if no content address was claimed, or none can be
   *     computed
   * @param debugInfo what {@code index-debug-info} links to
   */
  record WellFormed(
      Hash narHash,
      long narSize,
      Optional<Hash> listing,
      SortedSet<StorePath> storePaths,
      boolean storePathsComplete,
      List<ContentHash> contentHashes,
      List<DebugInfo> debugInfo)
      implements ArchiveFacts {
    public WellFormed {
      requireNonNull(narHash, "narHash is null");
      requireNonNull(listing, "listing is null");
      storePaths = Collections.unmodifiableSortedSet(new TreeSet<>(storePaths));
      contentHashes = List.copyOf(contentHashes);
      debugInfo = List.copyOf(debugInfo);
    }
  }

  /**
   * Decoded, and then not an archive.
   *
   * @param offset of the first wrong byte in the decoded stream
   */
  record Malformed(long offset, String reason) implements ArchiveFacts {
    public Malformed {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Not a stream of the labelled compression, or damaged. */
  record Corrupt(String reason) implements ArchiveFacts {
    public Corrupt {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Decodes to more bytes than the narinfo admits to: an archive bomb, or a wrong NarSize. */
  record TooLarge(long limit) implements ArchiveFacts {}

  /** A compression that we do not decode. */
  record Unsupported(String compression) implements ArchiveFacts {
    public Unsupported {
      requireNonNull(compression, "compression is null");
    }
  }

  /**
   * One hash that a content address may say.
   *
   * @param provesPath whether it is met by this archive alone. Nix 2.17 to 2.34 hash an archive
   *     that names itself with zeros in the place of its name and do not say where they were, so
   *     zeros could be such a place or not.
   */
  record ContentHash(Hash hash, boolean provesPath) {
    public ContentHash {
      requireNonNull(hash, "hash is null");
    }
  }

  /**
   * One file with debug information.
   *
   * @param buildId 40 hexadecimal digits
   * @param member its path in the archive
   */
  record DebugInfo(String buildId, String member) {
    public DebugInfo {
      requireNonNull(buildId, "buildId is null");
      requireNonNull(member, "member is null");
    }
  }
}
