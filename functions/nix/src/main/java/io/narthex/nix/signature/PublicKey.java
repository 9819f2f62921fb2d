package io.narthex.nix.signature;

import static java.util.Objects.requireNonNull;

/**
 * A key as {@code trusted-public-keys} lists it, e.g. {@code
 * cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=}.
 *
 * @param name the name that {@code Sig} fields call it by
 * @param key the key
 * @see <a href="https://nix.dev/manual/nix/latest/command-ref/conf-file#conf-trusted-public-keys">
 *     trusted-public-keys</a>
 */
public record PublicKey(KeyName name, Ed25519PublicKey key) {
  public PublicKey {
    requireNonNull(name, "name is null");
    requireNonNull(key, "key is null");
  }

  /**
   * Reads {@code name:base64}.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static PublicKey parse(String text) {
    NamedBytes parts = NamedBytes.parse(text);
    return new PublicKey(parts.name(), Ed25519PublicKey.of(parts.bytes()));
  }

  /** {@code name:base64}. */
  @Override
  public String toString() {
    return name + ":" + key;
  }
}
