package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.UnreadNar;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.VerdictTag;
import java.util.List;
import java.util.Optional;

/**
 * Which version of a NAR counts: the oldest that has been verified, and as long as there is none,
 * the current one. Whatever was put over a verified NAR goes unread: the path that it was verified
 * for, and any other that shares it, needs those bytes and no others.
 */
final class NarVersions {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final VersionsBelow below;

  NarVersions(VersionedStore cache, VerdictTags tags, VersionsBelow below) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.below = requireNonNull(below, "below is null");
  }

  /** What lies under the key of a NAR. */
  sealed interface Found {
    /** Nothing. */
    record Nothing() implements Found {}

    /** The version that counts, and is the current one. */
    record Counts(VersionId version) implements Found {
      public Counts {
        requireNonNull(version, "version is null");
      }
    }

    /** A verified version and newer ones over it. */
    record Overwritten(BadNar newer) implements Found {
      public Overwritten {
        requireNonNull(newer, "newer is null");
      }
    }
  }

  /**
   * Looks at a NAR.
   *
   * @param verifiedWith the version that the path was verified with, if it was
   */
  Found find(NarPath nar, Optional<VersionId> verifiedWith) {
    Optional<TaggedVersion> tagged = cache.tags(nar.key());
    if (tagged.isEmpty()) {
      return new Found.Nothing();
    }
    VersionId current = tagged.get().version();
    boolean isVerified = VerdictTag.isVerified(tagged.get().tags());
    boolean isAnother = verifiedWith.filter(version -> !version.equals(current)).isPresent();
    if (isVerified && !isAnother) {
      return new Found.Counts(current);
    }
    List<VersionId> newer = below.overVerified(nar.key(), current);
    return newer.isEmpty()
        ? new Found.Counts(current)
        : new Found.Overwritten(new BadNar(nar, newer, List.of(finding(nar, newer))));
  }

  /**
   * A version whose bytes cannot be had.
   *
   * @throws UnreadableObjectException if it has been verified: then somebody has moved it since,
   *     and that is no fault of the upload
   */
  BadNar unreadable(NarPath nar, VersionId version, UnreadableObjectException reason) {
    if (tags.isVerified(nar.key(), version)) {
      throw reason;
    }
    return new BadNar(
        nar,
        List.of(version),
        List.of(
            new Finding(
                CheckName.NAR_PRESENT,
                nar.key().value(),
                "an object that can be read",
                String.valueOf(reason.getMessage()))));
  }

  /** A version that no client gets as it is. */
  static BadNar encoded(NarPath nar, VersionId version, String encoding) {
    return new BadNar(nar, List.of(version), List.of(UnreadNar.encoded(encoding)));
  }

  private static Finding finding(NarPath nar, List<VersionId> newer) {
    return new Finding(
        CheckName.NAR_PRESENT,
        nar.key().value(),
        "the version that was verified",
        newer.size() == 1 ? "another put over it" : newer.size() + " others put over it");
  }
}
