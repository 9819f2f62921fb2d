package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.Judged;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import java.util.Optional;

/**
 * Writes the verdicts of an audit, as those of uploads are written. What was not checked keeps the
 * tags that it has. A NAR gets a verdict only with a path that is verified: what is wrong may be
 * its narinfo alone, and another may need it.
 */
public final class AuditedVerdicts {
  private final VersionedStore cache;
  private final String prefix;
  private final VerdictTags tags;
  private final String settings;

  /**
   * @param prefix of all keys of the cache; may be empty
   */
  public AuditedVerdicts(VersionedStore cache, String prefix, Settings settings) {
    this.cache = requireNonNull(cache, "cache is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.tags = new VerdictTags(cache);
    this.settings = SettingsJson.digest(settings);
  }

  /** The verdict that a path's narinfo is to have; empty if none is to be written. */
  public static Optional<VerdictTag> of(Judged judged) {
    return judged.narInfo().isEmpty()
        ? Optional.empty()
        : switch (judged.path().verdict()) {
          case AuditVerdict.VERIFIED -> Optional.of(VerdictTag.VERIFIED);
          case AuditVerdict.REJECTED -> Optional.of(VerdictTag.REJECTED);
          case AuditVerdict.WAITING -> Optional.of(VerdictTag.WAITING);
          case AuditVerdict.UNCHECKED -> Optional.empty();
        };
  }

  /**
   * Writes the verdict on a path, its narinfo's last: if we stop before it, the path stands as it
   * did. Doing it again does no harm.
   *
   * @return false if one of the versions that were judged is gone: nothing is said of what is there
   *     now
   */
  public boolean write(Judged judged) {
    Optional<VerdictTag> verdict = of(judged);
    if (verdict.isEmpty()) {
      return true;
    }
    ObjectKey key = below(new NarInfoPath(judged.path().hash()).key());
    VersionId version = judged.narInfo().orElseThrow();
    return verdict.get() == VerdictTag.VERIFIED
        ? admit(judged, key, version)
        : tags.set(key, version, verdict.get());
  }

  private boolean admit(Judged judged, ObjectKey key, VersionId version) {
    NarPath nar = judged.nar().orElseThrow();
    VersionId narVersion = judged.narVersion().orElseThrow();
    return tags.admitShared(below(nar.key()), narVersion, judged.audiences(), settings)
        && tags.admit(key, version, judged.audiences());
  }

  /** Whether the narinfo that is there now has been verified. */
  public boolean isVerified(NarInfoPath path) {
    return cache
        .tags(below(path.key()))
        .filter(current -> VerdictTag.isVerified(current.tags()))
        .isPresent();
  }

  private ObjectKey below(ObjectKey key) {
    return prefix.isEmpty() ? key : new ObjectKey(prefix + key.value());
  }
}
