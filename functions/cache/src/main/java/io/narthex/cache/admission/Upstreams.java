package io.narthex.cache.admission;

import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** Other binary caches, asked over HTTP. */
@FunctionalInterface
public interface Upstreams {
  /**
   * The narinfo that a cache has under a hash; empty if it has none. Nothing in it has been
   * verified.
   *
   * @throws io.narthex.cache.store.StoreException if that could not be found out
   */
  Optional<NarInfo> narInfo(UpstreamCache upstream, StorePathHash hash);
}
