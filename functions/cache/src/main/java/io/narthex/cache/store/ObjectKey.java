package io.narthex.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The key of an object in a bucket, decoded: what S3 stores, not what a URL spells.
 *
 * @param value 1 to 1024 bytes of UTF-8; any character that S3 takes
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
 *     Amazon S3 objects</a>
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final int MAX_BYTES = 1024;

  /** At most, of UTF-8 for each unit of UTF-16. */
  private static final int BYTES_A_UNIT = 3;

  public ObjectKey {
    requireNonNull(value, "value is null");
    if (value.isEmpty() || value.length() > MAX_BYTES / BYTES_A_UNIT) {
      requireSize(value.getBytes(UTF_8).length);
    }
  }

  private static void requireSize(int bytes) {
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("an object key has 1 to 1024 bytes, this has " + bytes);
    }
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
