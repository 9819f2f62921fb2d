package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.model.S3Refusal;
import java.util.Optional;

/**
 * The conditions of a write, judged under the lock of the key.
 *
 * @param ifMatch an ETag, or {@code *} for any
 * @param ifNoneMatch {@code *} only: the key must be absent
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 *     writes</a>
 */
public record Conditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
  /** No conditions. */
  public static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty());

  private static final String ANY = "*";

  /** Refuses {@code If-None-Match} with an ETag, as S3 does. */
  public Conditions {
    requireNonNull(ifMatch, "ifMatch");
    if (ifNoneMatch.isPresent() && !ifNoneMatch.get().equals(ANY)) {
      throw S3Refusal.notImplemented("If-None-Match of a write with anything but *");
    }
  }

  /**
   * Refuses a write that its conditions forbid: 412, or 404 for {@code If-Match} on an absent key.
   *
   * @param eTag of the object that the key reads as now, without quotes
   */
  public void requireForWrite(Optional<String> eTag) {
    if (ifNoneMatch.isPresent() && eTag.isPresent()) {
      throw S3Refusal.preconditionFailed("If-None-Match");
    }
    if (ifMatch.isPresent() && eTag.isEmpty()) {
      throw new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");
    }
    eTag.ifPresent(this::requireMatch);
  }

  /** Refuses with 412 where {@code If-Match} names another ETag than the object's. */
  public void requireMatch(String eTag) {
    if (ifMatch.isPresent()
        && !ifMatch.get().equals(ANY)
        && !unquoted(ifMatch.get()).equals(eTag)) {
      throw S3Refusal.preconditionFailed("If-Match");
    }
  }

  private static String unquoted(String eTag) {
    return eTag.replace("\"", "").strip();
  }
}
