package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import io.narthex.local.s3.store.ObjectReads.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tags of a version. They are authorized and changed under the key's lock, so that the version
 * tagged is the one named, or the one that was current at that moment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">PutObjectTagging</a>
 */
public final class ObjectTagging {
  private final KeyLocks locks;
  private final ObjectReads reads;
  private final Changes changes;

  ObjectTagging(KeyLocks locks, ObjectReads reads, Changes changes) {
    this.locks = locks;
    this.reads = reads;
    this.changes = changes;
  }

  /**
   * Tags, and the version that has them.
   *
   * @param tags may be empty
   * @param versionId empty in a bucket without versioning
   */
  public record Tagged(TagSet tags, Optional<String> versionId) {}

  /** The tags of a version, or of the current one. */
  public Tagged get(ObjectName name, Optional<String> versionId) {
    try (var _ = locks.hold(name)) {
      Stored found = reads.find(name, versionId);
      TagSet tags = found.tags();
      String action = versionId.isPresent() ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging";
      Call.CURRENT.get().require(action, name, versionId, tags);
      return new Tagged(tags, found.versionId());
    }
  }

  /** Replaces the tags of a version, or of the current one. */
  public Tagged put(ObjectName name, Optional<String> versionId, TagSet tags) {
    try (var _ = locks.hold(name)) {
      Stored found = reads.find(name, versionId);
      String action = versionId.isPresent() ? "s3:PutObjectVersionTagging" : "s3:PutObjectTagging";
      Call.CURRENT.get().requireTagging(action, name, versionId, found.tags(), tags);
      changes.run(
          name, ObjectEventName.TAGGING_PUT, found.versionId(), () -> write(found.file(), tags));
      return new Tagged(tags, found.versionId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the tags of a version, or of the current one. */
  public Tagged delete(ObjectName name, Optional<String> versionId) {
    try (var _ = locks.hold(name)) {
      Stored found = reads.find(name, versionId);
      String action =
          versionId.isPresent() ? "s3:DeleteObjectVersionTagging" : "s3:DeleteObjectTagging";
      Call.CURRENT.get().require(action, name, versionId, found.tags());
      changes.run(
          name,
          ObjectEventName.TAGGING_DELETE,
          found.versionId(),
          () -> Attributes.TAGS.remove(found.file()));
      return new Tagged(TagSet.EMPTY, found.versionId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes tags to a file in one step; no tags are no attribute. */
  static void write(Path file, TagSet tags) {
    if (tags.tags().isEmpty()) {
      Attributes.TAGS.remove(file);
      return;
    }
    try {
      Attributes.TAGS.write(file, tags.stored());
    } catch (FileSystemException e) {
      throw new S3Refusal(
          400,
          "MetadataTooLarge",
          "Tags and metadata together are more than the file system holds for one object.");
    }
  }
}
