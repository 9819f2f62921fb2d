package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.Judged;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.AdoptedTag;
import io.narthex.cache.verdict.VerdictTag;
import java.util.Optional;

/**
 * Writes the verdicts of an audit, as those of uploads are written, and the mark that the version
 * was adopted. What was not checked keeps the tags that it has, and so does what the cache itself
 * hides: it may be revoked. A NAR gets a verdict only with a path that is verified: what is wrong
 * may be its narinfo alone, and another may need it.
 */
public final class AuditedVerdicts {
  private final VersionedStore cache;
  private final String prefix;
  private final VerdictTags tags;

  /**
   * @param prefix of all keys of the cache; may be empty
   */
  public AuditedVerdicts(VersionedStore cache, String prefix) {
    this.cache = requireNonNull(cache, "cache is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.tags = new VerdictTags(cache);
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

  /** What became of a verdict. */
  public enum Written {
    DONE,
    /** One of the versions that were judged is gone: nothing is said of what is there now. */
    GONE,
    /** The cache itself hides the path. */
    HIDDEN
  }

  /**
   * Writes the verdict on a path, its narinfo's last: if we stop before it, the path stands as it
   * did. Doing it again does no harm.
   */
  public Written write(Judged judged) {
    Optional<VerdictTag> verdict = of(judged);
    if (verdict.isEmpty()) {
      return Written.DONE;
    }
    ObjectKey key = below(new NarInfoPath(judged.path().hash()).key());
    VersionId version = judged.narInfo().orElseThrow();
    Optional<Tags> tagged = cache.tags(key, version);
    if (tagged.isEmpty()) {
      return Written.GONE;
    }
    if (!AdoptedTag.mayBeRaised(tagged.get())) {
      return verdict.get() == VerdictTag.REJECTED ? Written.DONE : Written.HIDDEN;
    }
    boolean isDone =
        (verdict.get() != VerdictTag.VERIFIED || admitNar(judged))
            && tags.adopt(key, version, verdict.get());
    return isDone ? Written.DONE : Written.GONE;
  }

  private boolean admitNar(Judged judged) {
    ObjectKey nar = below(judged.nar().orElseThrow().key());
    return tags.set(nar, judged.narVersion().orElseThrow(), VerdictTag.VERIFIED);
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
