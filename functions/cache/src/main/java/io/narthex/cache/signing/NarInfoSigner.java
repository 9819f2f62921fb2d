package io.narthex.cache.signing;

import io.narthex.nix.signature.PublicKey;

/** Signs the fingerprints of verified paths with the cache's own key, wherever that lies. */
public interface NarInfoSigner {
  /**
   * The key that verifies what this signs.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked for now
   */
  PublicKey publicKey();

  /**
   * Signs the UTF-8 bytes of a fingerprint.
   *
   * @throws io.narthex.cache.store.StoreException if the key could not be used now: the event must
   *     come again
   * @see <a href="https://nix.dev/manual/nix/latest/protocols/store-path">fingerprint</a>
   */
  Signing sign(String fingerprint);
}
