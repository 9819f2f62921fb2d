package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.report.Report;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a narinfo that waits hides one that stands better: then anyone who uploads could take a
 * path out of view, or keep it out, by a narinfo that never becomes complete.
 */
final class BetterVersion {
  private final VersionsBelow below;
  private final VerdictTags tags;
  private final NarInfoReader narInfos;

  BetterVersion(VersionsBelow below, VerdictTags tags, NarInfoReader narInfos) {
    this.below = requireNonNull(below, "below is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
  }

  /**
   * Whether under this version lies one that was verified, or, if nothing vouches for this one, one
   * that trusted keys have signed. So many versions that not all can be looked at count as a signed
   * one.
   */
  boolean liesBelow(PathSeen seen, Judgement waiting) {
    ObjectKey key = seen.path().key();
    List<VersionId> all = below.of(key, seen.version());
    List<VersionId> oldest = all.stream().limit(VersionsBelow.MAX_LOOKED_AT).toList();
    boolean isVerifiedBelow =
        !seen.isTaggedVerified()
            && Stream.concat(lastVerified(seen, all), oldest.stream())
                .anyMatch(version -> tags.isVerified(key, version));
    return isVerifiedBelow
        || (!waiting.isVouchedFor()
            && !seen.isTaggedVerified()
            && (all.size() > oldest.size() || oldest.stream().anyMatch(v -> isSigned(seen, v))));
  }

  /** It may lie over more versions than are looked at. */
  private static Stream<VersionId> lastVerified(PathSeen seen, List<VersionId> below) {
    return seen.report().flatMap(Report::lastVerified).filter(below::contains).stream();
  }

  private boolean isSigned(PathSeen seen, VersionId version) {
    return switch (narInfos.read(seen.path(), version)) {
      case NarInfoText.Parsed(var narInfo, _, _) -> isSigned(narInfo, seen);
      case NarInfoText.Unreadable unreadable -> false;
      case NarInfoText.Gone gone -> false;
    };
  }

  private static boolean isSigned(NarInfo narInfo, PathSeen seen) {
    Settings settings = seen.settings();
    return narInfo.storePath().hash().equals(seen.hash())
        && TrustedPublicKeys.of(settings.trustedPublicKeys())
                .verify(narInfo.fingerprint(), narInfo.sigs())
                .distinctKeys()
            >= settings.requiredSignatures();
  }
}
