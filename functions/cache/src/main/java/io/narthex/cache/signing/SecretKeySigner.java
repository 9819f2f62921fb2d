package io.narthex.cache.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;

/** Signs with a secret key that this process holds. Refuses nothing. */
public final class SecretKeySigner implements NarInfoSigner {
  private final SecretKey key;

  /** A signer with this key. */
  public SecretKeySigner(SecretKey key) {
    this.key = requireNonNull(key, "key is null");
  }

  @Override
  public PublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public Signing sign(String fingerprint) {
    return new Signing.Signed(key.sign(fingerprint));
  }
}
