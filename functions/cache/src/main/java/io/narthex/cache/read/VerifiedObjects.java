package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Access.Denied;
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
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for objects on behalf of callers: the bucket policy first, then S3 itself by a role that
 * sees verified versions only. In the usual cache that is one request to S3.
 */
final class VerifiedObjects {
  private static final int ATTEMPTS = 3;

  private final VerifiedStore store;

  VerifiedObjects(VerifiedStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Looks for an object's bytes; what is found is the caller's to close. */
  Look<ObjectContent> open(CallerAccess access, ObjectKey key) {
    return look(access, key, store::open, content -> content.object().version());
  }

  /** Looks for an object's description. */
  Look<StoredObject> head(CallerAccess access, ObjectKey key) {
    return look(access, key, store::head, StoredObject::version);
  }

  /** The tags that a decision needs; empty if it needs none, or the key is absent. */
  Optional<TaggedVersion> tags(CallerAccess access, ObjectKey key) {
    return access.looksAtTags() ? store.tags(key) : Optional.empty();
  }

  private <T> Look<T> look(
      CallerAccess access,
      ObjectKey key,
      Function<ObjectKey, Optional<T>> read,
      Function<T, VersionId> version) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<TaggedVersion> tagged = tags(access, key);
      if (access.looksAtTags() && tagged.isEmpty()) {
        // Absent: no further request to S3 may tell it from one that is hidden by its tags.
        return new Missing<>(Reasons.absent(access.caller()));
      }
      if (access.mayRead(key, tagged) instanceof Denied(var denial)) {
        return new Refused<>(access.refusal(denial));
      }
      Optional<T> found = read.apply(key);
      if (found.isEmpty()) {
        Optional<Look<T>> reason = whyNot(access, key);
        if (reason.isPresent()) {
          return reason.get();
        }
      } else if (!access.looksAtTags() || isSame(tagged, version.apply(found.get()))) {
        return new Found<>(found.get(), access.cacheability(key, tagged));
      } else {
        // Another version than the one whose tags were judged: to be judged by its own.
        close(found.get());
      }
    }
    throw new StoreException(
        "reading " + key + ": verified, but S3 refuses it or it keeps changing");
  }

  /** Why S3 gave nothing; empty if by now it should. */
  private <T> Optional<Look<T>> whyNot(CallerAccess access, ObjectKey key) {
    Optional<TaggedVersion> tagged = store.tags(key);
    if (tagged.isEmpty()) {
      return Optional.of(new Missing<>(Reasons.absent(access.caller())));
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
