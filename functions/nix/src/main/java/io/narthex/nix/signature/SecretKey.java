package io.narthex.nix.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;

/**
 * A signing key, as {@code nix key generate-secret} writes it. Its text form tells the name only;
 * {@link #serialize()} is the one way to the secret.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-key-generate-secret">nix
 *     key generate-secret</a>
 */
public final class SecretKey {
  private static final int SIZE = JdkEd25519.SEED_SIZE + Ed25519PublicKey.SIZE;
  private static final String PROBE = "the halves of a secret key belong together";

  private final PublicKey publicKey;
  private final byte[] seed;

  private SecretKey(KeyName name, byte[] seedAndPublicKey) {
    this.seed = Arrays.copyOf(seedAndPublicKey, JdkEd25519.SEED_SIZE);
    this.publicKey =
        new PublicKey(
            name,
            Ed25519PublicKey.of(Arrays.copyOfRange(seedAndPublicKey, JdkEd25519.SEED_SIZE, SIZE)));
  }

  /**
   * Reads {@code name:base64} of 64 bytes: a seed and the public key that follows from it. White
   * space around, such as the final newline of a key file, is ignored.
   *
   * @throws IllegalArgumentException for anything else, also if the two halves do not belong
   *     together; no message shows any of the secret
   */
  public static SecretKey parse(String text) {
    NamedBytes parts = NamedBytes.parseSecret(text.strip());
    byte[] bytes = secretBytes(parts);
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException(
          "secret key %s has %d bytes, not 64".formatted(parts.name(), bytes.length));
    }
    var key = new SecretKey(parts.name(), bytes);
    if (!key.halvesBelongTogether()) {
      throw new IllegalArgumentException(
          "secret key %s holds another key's public half".formatted(parts.name()));
    }
    return key;
  }

  private static byte[] secretBytes(NamedBytes parts) {
    try {
      return parts.bytes();
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes the secret.
      throw new IllegalArgumentException("secret key %s is not base64".formatted(parts.name()));
    }
  }

  private boolean halvesBelongTogether() {
    byte[] probe = PROBE.getBytes(UTF_8);
    return JdkEd25519.verify(publicKey.key(), probe, JdkEd25519.sign(seed, probe));
  }

  /** A fresh key from the system's random numbers. */
  public static SecretKey generate(KeyName name) {
    return new SecretKey(name, JdkEd25519.generate());
  }

  /** The name that signatures by this key carry. */
  public KeyName name() {
    return publicKey.name();
  }

  /** The key that verifies what this one signs. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Signs the UTF-8 bytes of a fingerprint. */
  public Sig sign(String fingerprint) {
    return Sig.of(name(), JdkEd25519.sign(seed, fingerprint.getBytes(UTF_8)));
  }

  /** {@code name:base64} with the secret in it, for a key file and nothing else. */
  public String serialize() {
    byte[] both = Arrays.copyOf(seed, SIZE);
    System.arraycopy(publicKey.key().bytes(), 0, both, JdkEd25519.SEED_SIZE, Ed25519PublicKey.SIZE);
    return name() + ":" + NixBase64.encode(both);
  }

  /** The name, and that this is a secret key. */
  @Override
  public String toString() {
    return "secret key " + name();
  }
}
