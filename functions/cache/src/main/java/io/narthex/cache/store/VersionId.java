package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

/**
 * One version of one object: the bytes under it never change.
 *
 * @param value opaque, not empty; {@code null} (the word) in a bucket without versions
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html">How S3
 *     Versioning works</a>
 */
public record VersionId(String value) {
  /** What S3 calls the only version of an object in a bucket without versions. */
  public static final VersionId UNVERSIONED = new VersionId("null");

  public VersionId {
    requireNonNull(value, "value is null");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a version id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
