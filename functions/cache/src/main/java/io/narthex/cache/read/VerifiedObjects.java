package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Look.Found;
import io.narthex.cache.read.Look.Missing;
import io.narthex.cache.read.Look.Refused;
import io.narthex.cache.read.Look.Unjudged;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for objects on behalf of callers: the bucket policy first, then S3 itself by a role that
 * sees verified versions only. In the usual cache that is one request to S3.
 */
final class VerifiedObjects {
  private static final int ATTEMPTS = 3;

  private final VerifiedStore store;
  private final BucketPolicies policies;
  private final CacheBucket bucket;
  private final Clock clock;

  VerifiedObjects(VerifiedStore store, BucketPolicies policies, CacheBucket bucket, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.policies = requireNonNull(policies, "policies is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What the caller may do as of now. */
  CallerAccess access(Caller caller) {
    return new CallerAccess(policies.current(), bucket, store, caller, clock.instant());
  }

  /** Looks for an object's bytes; what is found is the caller's to close. */
  Look<ObjectContent> open(Caller caller, ObjectKey key) {
    return look(caller, key, store::open, content -> content.object().version());
  }

  /** Looks for an object's description. */
  Look<StoredObject> head(Caller caller, ObjectKey key) {
    return look(caller, key, store::head, StoredObject::version);
  }

  private <T> Look<T> look(
      Caller caller,
      ObjectKey key,
      Function<ObjectKey, Optional<T>> read,
      Function<T, VersionId> version) {
    CallerAccess access = access(caller);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<TaggedVersion> tagged = access.looksAtTags() ? store.tags(key) : Optional.empty();
      if (!access.mayRead(key, tagged)) {
        return new Refused<>(access.refusal());
      }
      Optional<T> found = read.apply(key);
      if (found.isEmpty()) {
        Optional<Look<T>> reason = whyNot(key);
        if (reason.isPresent()) {
          return reason.get();
        }
      } else if (!access.looksAtTags() || isSame(tagged, version.apply(found.get()))) {
        return new Found<>(found.get());
      } else {
        // Another version than the one whose tags were judged: to be judged by its own.
        close(found.get());
      }
    }
    throw new StoreException(
        "reading " + key + ": verified, but S3 refuses it or it keeps changing");
  }

  /** Why S3 gave nothing; empty if by now it should. */
  private <T> Optional<Look<T>> whyNot(ObjectKey key) {
    Optional<TaggedVersion> tagged = store.tags(key);
    if (tagged.isEmpty()) {
      return Optional.of(new Missing<>("no such object: " + key));
    }
    Optional<VerdictTag> verdict = VerdictTag.of(tagged.get().tags());
    return verdict.isEmpty()
        ? Optional.of(new Unjudged<>())
        : switch (verdict.get()) {
          case VERIFIED -> Optional.empty();
          case WAITING -> Optional.of(new Missing<>(key + " waits for something it needs"));
          case REJECTED -> Optional.of(new Missing<>(key + " was rejected"));
        };
  }

  private static boolean isSame(Optional<TaggedVersion> tagged, VersionId version) {
    return tagged.filter(t -> t.version().equals(version)).isPresent();
  }

  private static void close(Object found) {
    if (found instanceof ObjectContent content) {
      content.close();
    }
  }
}
