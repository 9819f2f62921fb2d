package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.List;
import java.util.Optional;

/**
 * The versions under the current one, which would be current if it went. Anyone who uploads can
 * pile up versions, so no more than {@link #MAX_LOOKED_AT} of them are looked at, the oldest first:
 * what was there before the pile is what counts.
 */
final class VersionsBelow {
  static final int MAX_LOOKED_AT = 100;

  private final VersionedStore cache;
  private final VerdictTags tags;

  VersionsBelow(VersionedStore cache, VerdictTags tags) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
  }

  /** Whether there is any. */
  boolean any(ObjectKey key, VersionId version) {
    return !below(cache.versionsInPlace(key), version).isEmpty();
  }

  /** All of them, the oldest first; none if that version is gone. */
  List<VersionId> of(ObjectKey key, VersionId version) {
    return below(cache.versionsInPlace(key), version);
  }

  /** The oldest that has been verified. */
  Optional<VersionId> verified(ObjectKey key, VersionId version) {
    return verified(key, below(cache.versionsInPlace(key), version));
  }

  /** All versions over the oldest that has been verified, newest first; none if none has. */
  List<VersionId> overVerified(ObjectKey key, VersionId version) {
    List<VersionId> newestFirst = cache.versionsInPlace(key);
    return verified(key, below(newestFirst, version))
        .map(verified -> newestFirst.subList(0, newestFirst.indexOf(verified)))
        .orElseGet(List::of);
  }

  private Optional<VersionId> verified(ObjectKey key, List<VersionId> oldestFirst) {
    return oldestFirst.stream()
        .limit(MAX_LOOKED_AT)
        .filter(version -> tags.isVerified(key, version))
        .findFirst();
  }

  private static List<VersionId> below(List<VersionId> newestFirst, VersionId version) {
    int at = newestFirst.indexOf(version);
    return at < 0 ? List.of() : newestFirst.subList(at + 1, newestFirst.size()).reversed();
  }
}
