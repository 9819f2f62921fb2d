package io.narthex.cache.settings;

import io.narthex.cache.signing.NarInfoSigner;
import java.util.Optional;

/** Where the settings come from, at the moment they are needed. */
@FunctionalInterface
public interface SettingsSource {
  /**
   * The settings in force.
   *
   * @throws io.narthex.cache.store.StoreException if they cannot be read: then nothing is judged
   */
  Settings current();

  /**
   * The same of who signs with this, or with nothing, whatever is stored for readers to see. The
   * key is asked for each time: a change of it is a change of the settings, and while it cannot be
   * told there are none.
   */
  default SettingsSource signedBy(Optional<NarInfoSigner> signer) {
    return () ->
        signer
            .map(s -> current().signingWith(s.publicKey()))
            .orElseGet(() -> current().notSigning());
  }
}
