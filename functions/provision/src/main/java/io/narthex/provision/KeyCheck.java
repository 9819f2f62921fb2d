package io.narthex.provision;

import io.narthex.aws.signing.SigningKey;
import io.narthex.nix.signature.PublicKey;
import java.util.Optional;

/** The look at the key that the cache is to sign with, before anything relies on it. */
@FunctionalInterface
interface KeyCheck {
  /**
   * Checks that the key is there and is of the right kind.
   *
   * @return its public half, where that is told
   * @throws io.narthex.cache.store.StoreException if it cannot be used, with the reason
   */
  Optional<PublicKey> check(SigningKey key);
}
