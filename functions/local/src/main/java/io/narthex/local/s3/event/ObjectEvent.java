package io.narthex.local.s3.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One change of one key, as S3 notifies it. Events of a key are given in the order of the changes;
 * an event may be given more than once, and says only "look at this key".
 *
 * @param name what happened
 * @param bucket the bucket's name
 * @param key the key as S3 stores it, not URL-encoded
 * @param versionId the version written, tagged, deleted, or the delete marker; empty in a bucket
 *     without versioning
 * @param size bytes of the object written; 0 where nothing was written
 * @param eTag without quotes; empty where nothing was written
 * @param sequencer 16 upper-case hex digits, increasing for each key
 * @param time when it happened
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
public record ObjectEvent(
    ObjectEventName name,
    String bucket,
    String key,
    Optional<String> versionId,
    long size,
    Optional<String> eTag,
    String sequencer,
    Instant time) {

  /** Refuses a negative size and an ETag in quotes. */
  public ObjectEvent {
    requireNonNull(name, "name");
    requireNonNull(bucket, "bucket");
    requireNonNull(key, "key");
    requireNonNull(versionId, "versionId");
    requireNonNull(sequencer, "sequencer");
    requireNonNull(time, "time");
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
    if (eTag.isPresent() && eTag.get().contains("\"")) {
      throw new IllegalArgumentException("eTag in quotes: " + eTag.get());
    }
  }
}
