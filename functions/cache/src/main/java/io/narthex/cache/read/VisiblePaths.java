package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** What the index knows of paths, as far as one caller may read their narinfos. */
record VisiblePaths(CallerAccess access) {
  /** Stands for all of them where the policy does not look at keys. */
  private static final StorePathHash ANY = new StorePathHash("0".repeat(StorePathHash.LENGTH));

  VisiblePaths {
    requireNonNull(access, "access is null");
  }

  /**
   * Whether the caller may read the narinfo of a path that is in the index, once it is verified.
   */
  boolean sees(Entry entry) {
    return of(entry.hash(), Optional.of(entry)) instanceof Access.Allowed;
  }

  /** Whether it may, whatever the narinfo's tags are. */
  boolean isAllowed(StorePathHash hash) {
    return of(hash, Optional.empty()) instanceof Access.Allowed;
  }

  /** Whether it could, for all that is known before the index is asked. */
  boolean couldBeSeen(StorePathHash hash) {
    return access.couldRead(new NarInfoPath(hash).key());
  }

  /**
   * Whether the caller may use the cache at all: list it, or read narinfos for all that is known
   * without the name of one.
   */
  Access some() {
    return couldBeSeen(ANY) || !access.isSameForAllKeys()
        ? new Access.Allowed()
        : access.mayList(new NarInfoPath(ANY).key());
  }

  /** Whether the caller may read every narinfo that is verified. */
  boolean areAll() {
    return access.isSameForAllKeys() && !access.looksAtTags() && isAllowed(ANY);
  }

  /**
   * The same for a path that may not be there. The tags of a narinfo that is not there or cannot be
   * read may be any.
   */
  Access of(StorePathHash hash, Optional<Entry> entry) {
    return access.mayReadTagged(
        new NarInfoPath(hash).key(), entry.flatMap(Entry::described).map(Described::tags));
  }

  /** What its narinfo says, if it is verified and the caller may read it. */
  Optional<Described> described(Entry entry) {
    return entry.verdict() == VerdictTag.VERIFIED && sees(entry)
        ? entry.described()
        : Optional.empty();
  }
}
