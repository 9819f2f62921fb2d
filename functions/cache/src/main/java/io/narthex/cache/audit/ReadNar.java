package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;

/**
 * What an audit has read of the NAR of a path, whatever it says of that.
 *
 * @param narInfo which version of the narinfo said how to read it
 */
public record ReadNar(StorePathHash hash, VersionId narInfo, NarFacts facts) {
  public ReadNar {
    requireNonNull(hash, "hash is null");
    requireNonNull(narInfo, "narInfo is null");
    requireNonNull(facts, "facts is null");
  }
}
