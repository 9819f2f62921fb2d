package io.narthex.cache.store;

import java.util.List;
import java.util.Optional;

/**
 * A bucket with S3 Versioning on: the cache bucket. What is said of a version here stays with that
 * version, so a later upload never inherits it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html">S3
 *     Versioning</a>
 */
public interface VersionedStore extends ObjectStore {
  /** One version, opened for reading; empty if that version is gone. */
  Optional<ObjectContent> open(ObjectKey key, VersionId version);

  /** The current version and its tags, read together; empty if the key is absent. */
  Optional<TaggedVersion> tags(ObjectKey key);

  /** The tags of one version; empty if that version is gone. */
  Optional<Tags> tags(ObjectKey key, VersionId version);

  /**
   * Replaces all tags of one version, current or not.
   *
   * @return false if that version is gone; nothing was done then
   */
  boolean tag(ObjectKey key, VersionId version, Tags tags);

  /**
   * Removes one version for good; nothing happens if it is gone. If it was the current one, the
   * version below it is current again, with the tags it had, in the same instant; if a delete
   * marker is below it, or above it, the key is absent.
   */
  void delete(ObjectKey key, VersionId version);

  /** All versions of one object, newest first, delete markers left out. */
  List<VersionId> versions(ObjectKey key);

  /**
   * The current version and those under it, newest first, as far as the newest delete marker: those
   * that would be current one after the other if each over them went. None if the key is absent.
   */
  List<VersionId> versionsInPlace(ObjectKey key);
}
