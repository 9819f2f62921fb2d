package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    return set(key, version, verdict::on);
  }

  /** The same for a verdict that holds under settings with this digest. */
  boolean set(ObjectKey key, VersionId version, VerdictTag verdict, String settings) {
    return set(key, version, tags -> verdict.on(tags, settings));
  }

  private boolean set(ObjectKey key, VersionId version, UnaryOperator<Tags> verdict) {
    Optional<Tags> tags = cache.tags(key, version);
    if (tags.isEmpty()) {
      return false;
    }
    Tags changed = verdict.apply(tags.get());
    return changed.equals(tags.get()) || cache.tag(key, version, changed);
  }

  /**
   * Takes every version of an object out of view, also one under a delete marker: whoever removes
   * that brings it back. If we stop in it, some of them are still verified.
   */
  void hide(ObjectKey key) {
    cache.versions(key).stream()
        .filter(version -> isVerified(key, version))
        .forEach(version -> set(key, version, VerdictTag.REJECTED));
  }

  /** Whether the current version has been verified. */
  boolean isVerified(ObjectKey key) {
    return cache.tags(key).map(TaggedVersion::tags).filter(VerdictTag::isVerified).isPresent();
  }

  /** Whether one version has been verified. */
  boolean isVerified(ObjectKey key, VersionId version) {
    return cache.tags(key, version).filter(VerdictTag::isVerified).isPresent();
  }
}
