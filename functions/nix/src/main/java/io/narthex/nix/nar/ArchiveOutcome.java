package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.Compression;
import java.util.Optional;

/** What a {@link NarPass} found the bytes behind a narinfo's {@code URL} to be. */
public sealed interface ArchiveOutcome {
  /**
   * One complete archive, and nothing after it.
   *
   * @param nar the archive, decoded: to be compared with {@code NarHash} and {@code NarSize}
   * @param listing its tree; empty when it has too many entries to be listed
   * @param storePaths what it mentions of the store
   */
  record WellFormed(StreamDigest nar, Optional<NarListing> listing, StorePathTexts storePaths)
      implements ArchiveOutcome {
    public WellFormed {
      requireNonNull(nar, "nar is null");
      requireNonNull(listing, "listing is null");
      requireNonNull(storePaths, "storePaths is null");
    }
  }

  /**
   * Decoded completely, but not an archive.
   *
   * @param nar all decoded bytes
   * @param offset how many of them were read when the fault was seen
   */
  record Malformed(StreamDigest nar, long offset, String reason) implements ArchiveOutcome {
    public Malformed {
      requireNonNull(nar, "nar is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** Not one complete stream of the compression that the label says. */
  record Corrupt(String reason) implements ArchiveOutcome {
    public Corrupt {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Decodes to more bytes than this limit; decoding stopped there. */
  record TooLarge(long limit) implements ArchiveOutcome {}

  /** The label is one that we cannot decode. */
  record Unsupported(Compression compression) implements ArchiveOutcome {
    public Unsupported {
      requireNonNull(compression, "compression is null");
    }
  }
}
