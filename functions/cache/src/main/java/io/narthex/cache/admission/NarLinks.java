package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.util.List;

/**
 * From a NAR to the narinfos that point at it: one empty object each, {@code by-nar/<nar>/<hash>}.
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
  void link(NarPath nar, StorePathHash hash) {
    state.putIfAbsent(StateKeys.byNar(nar, hash), NewObject.of("", "text/plain"));
  }

  /** The hashes of all narinfos that ever pointed at a NAR. */
  List<StorePathHash> linked(NarPath nar) {
    return state.listAll(StateKeys.byNar(nar)).stream()
        .map(ListPage.Entry::key)
        .map(StateKeys::lastSegment)
        .map(StorePathHash::new)
        .toList();
  }
}
