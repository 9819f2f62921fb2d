package io.narthex.nix.signature;

/** Checks Ed25519 signatures; safe for use by several threads at once. */
@FunctionalInterface
public interface SignatureVerifier {
  /**
   * Whether the key made this signature over exactly these bytes. A malformed key or signature is a
   * {@code false}, never an exception.
   */
  boolean verify(Ed25519PublicKey key, byte[] message, Ed25519Signature signature);

  /** The JDK's own implementation: about 2,000 a second on one core. */
  static SignatureVerifier jdk() {
    return JdkEd25519::verify;
  }
}
