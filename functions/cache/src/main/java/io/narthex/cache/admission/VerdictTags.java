package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.AdoptedTag;
import io.narthex.cache.verdict.AudienceTags;
import io.narthex.cache.verdict.VerdictTag;
import java.util.List;
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

  /** The verdict that a version is rejected since its path is revoked: no audit raises it. */
  boolean revoke(ObjectKey key, VersionId version) {
    return set(key, version, tags -> AdoptedTag.revoked(VerdictTag.REJECTED.on(tags)));
  }

  /**
   * The verdict of an audit on a version that was there before anybody verified what comes in. Tags
   * of audiences stay as they are.
   */
  boolean adopt(ObjectKey key, VersionId version, VerdictTag verdict) {
    return set(key, version, tags -> AdoptedTag.on(verdict.on(tags)));
  }

  /** The same for a verdict that holds under settings with this digest. */
  boolean set(ObjectKey key, VersionId version, VerdictTag verdict, String settings) {
    return set(key, version, tags -> verdict.on(tags, settings));
  }

  /** The verdict that a version is verified, for exactly these audiences. */
  boolean admit(ObjectKey key, VersionId version, List<String> audiences) {
    return set(key, version, tags -> admitted(tags, audiences));
  }

  /** The tags of a version that is verified, for exactly these audiences. */
  static Tags admitted(Tags tags, List<String> audiences) {
    return AudienceTags.exactly(VerdictTag.VERIFIED.on(tags), audiences);
  }

  /**
   * The same for what several paths may share: it is for the audiences of all of them. What older
   * settings said is forgotten: each of the other paths is looked at again, too.
   *
   * @param settings digest of those in force
   */
  boolean admitShared(ObjectKey key, VersionId version, List<String> audiences, String settings) {
    return set(key, version, tags -> shared(tags, audiences, settings));
  }

  private static Tags shared(Tags tags, List<String> audiences, String settings) {
    if (audiences.isEmpty() && !AudienceTags.isIn(tags)) {
      return VerdictTag.VERIFIED.on(tags);
    }
    Tags changed =
        VerdictTag.isUnder(tags, settings)
            ? AudienceTags.also(tags, audiences)
            : AudienceTags.exactly(tags, audiences);
    return VerdictTag.VERIFIED.on(changed, settings);
  }

  /** Of what lies verified under a key: it is for exactly these audiences. Anything else stays. */
  void address(ObjectKey key, List<String> audiences) {
    cache
        .tags(key)
        .filter(current -> VerdictTag.isVerified(current.tags()))
        .ifPresent(
            current -> set(key, current.version(), tags -> AudienceTags.exactly(tags, audiences)));
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

  /** Whether one version has been verified or adopted: then it is never deleted. */
  boolean mustStay(ObjectKey key, VersionId version) {
    return cache
        .tags(key, version)
        .map(tags -> new TaggedVersion(version, tags))
        .filter(v -> VerdictTag.isVerified(v.tags()) || AdoptedTag.isOn(v))
        .isPresent();
  }

  /** Whether one version has been verified. */
  boolean isVerified(ObjectKey key, VersionId version) {
    return cache.tags(key, version).filter(VerdictTag::isVerified).isPresent();
  }
}
