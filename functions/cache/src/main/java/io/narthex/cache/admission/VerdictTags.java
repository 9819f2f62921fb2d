package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import java.util.Optional;

/** The one place that writes verdicts. */
final class VerdictTags {
  private final VersionedStore cache;

  VerdictTags(VersionedStore cache) {
    this.cache = requireNonNull(cache, "cache is null");
  }

  /**
   * Sets the verdict of one version, its other tags kept. Idempotent; if we stop right after it,
   * the version has its verdict and whatever was to follow is done when the event comes again.
   *
   * @return false if that version is gone
   */
  boolean set(ObjectKey key, VersionId version, VerdictTag verdict) {
    Optional<Tags> tags = cache.tags(key, version);
    if (tags.isEmpty()) {
      return false;
    }
    return VerdictTag.of(tags.get()).equals(Optional.of(verdict))
        || cache.tag(key, version, verdict.on(tags.get()));
  }

  /** Whether one version has been verified. */
  boolean isVerified(ObjectKey key, VersionId version) {
    return cache
        .tags(key, version)
        .flatMap(VerdictTag::of)
        .equals(Optional.of(VerdictTag.VERIFIED));
  }
}
