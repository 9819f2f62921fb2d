package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import java.util.Optional;

/**
 * Why a caller may not do something. It is for the log; the caller hears the same of every reason.
 *
 * @param principal the caller's ARN, or {@code anonymous}
 * @param action e.g. {@code s3:GetObject}
 * @param key of the object that decides, as S3 stores it
 * @param sid the name of the statement that denies, if one does and has a name
 */
public record Denial(
    String principal, String action, ObjectKey key, Kind kind, Optional<String> sid) {
  public Denial {
    requireNonNull(principal, "principal is null");
    requireNonNull(action, "action is null");
    requireNonNull(key, "key is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(sid, "sid is null");
  }

  /** What decided. */
  public enum Kind {
    /** A Deny of the bucket policy. */
    EXPLICIT_DENY,
    /** That no Allow of the bucket policy is for this. */
    IMPLICIT_DENY,
    /** That there is no bucket policy, or none that can be read and parsed. */
    NO_POLICY,
    /** Block Public Access: the policy is a public one, and the caller of no account or another. */
    PUBLIC_ACCESS_BLOCKED,
    /** That the caller is of an account which the settings do not name. */
    UNKNOWN_ACCOUNT
  }
}
