package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.util.List;

/**
 * From a NAR to the narinfos that point at it: one empty object for each version of a narinfo,
 * {@code by-nar/<nar>/<hash>/<version>}. Versions are never used again, so a link that is taken
 * away is nobody else's.
 */
final class NarLinks {
  private final ObjectStore state;

  NarLinks(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /**
   * Makes the link, before the NAR is looked for: if it arrives later, its own event finds the
   * link. If we stop right after it, a link too many is there, which leads to a look in vain.
   */
  void link(NarPath nar, StorePathHash hash, VersionId narInfo) {
    state.putIfAbsent(StateKeys.byNar(nar, hash, narInfo), NewObject.of("", "text/plain"));
  }

  /** Takes the link of a narinfo away that is gone. If we stop right before it, as above. */
  void unlink(NarPath nar, StorePathHash hash, VersionId narInfo) {
    state.delete(StateKeys.byNar(nar, hash, narInfo));
  }

  /** The hashes of all narinfos that point at a NAR, and maybe of some that no longer do. */
  List<StorePathHash> linked(NarPath nar) {
    return state.listAll(StateKeys.byNar(nar)).stream()
        .map(ListPage.Entry::key)
        .map(StateKeys::linkedHash)
        .distinct()
        .toList();
  }
}
