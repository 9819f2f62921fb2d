package io.narthex.cache.admission;

import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** Other binary caches, asked over HTTP. */
@FunctionalInterface
public interface Upstreams {
  /**
   * The narinfo that a cache has under a hash; empty if it has none, or none that can be read.
   * Nothing in it has been verified.
   *
   * @throws io.narthex.cache.store.StoreException if the cache could not be asked
   */
  Optional<NarInfo> narInfo(UpstreamCache upstream, StorePathHash hash);
}
