package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** What the index knows of paths, as far as one caller may read their narinfos. */
record VisiblePaths(CallerAccess access) {
  VisiblePaths {
    requireNonNull(access, "access is null");
  }

  /**
   * Whether the caller may read the narinfo of a path that is in the index, once it is verified.
   */
  boolean sees(Entry entry) {
    return of(entry.hash(), Optional.of(entry)) instanceof Access.Allowed;
  }

  /** The same for a path that may not be there. */
  Access of(StorePathHash hash, Optional<Entry> entry) {
    return access.mayReadTagged(new NarInfoPath(hash).key(), entry.map(VisiblePaths::tags));
  }

  /** What its narinfo says, if it is verified and the caller may read it. */
  Optional<Described> described(Entry entry) {
    return entry.verdict() == VerdictTag.VERIFIED && sees(entry)
        ? entry.described()
        : Optional.empty();
  }

  private static Tags tags(Entry entry) {
    return entry.described().map(Described::tags).orElse(Tags.NONE);
  }
}
