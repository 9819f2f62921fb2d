package io.narthex.nix.signature;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;

/**
 * The 64 bytes of an Ed25519 signature, without a key name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
public final class Ed25519Signature {
  /** How many bytes a signature has. */
  public static final int SIZE = 64;

  private final byte[] bytes;

  private Ed25519Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A signature of these bytes' value, which are copied.
   *
   * @throws IllegalArgumentException if there are not 64
   */
  public static Ed25519Signature of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("signature has %d bytes, not 64".formatted(bytes.length));
    }
    return new Ed25519Signature(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519Signature signature && Arrays.equals(bytes, signature.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Padded base64. */
  @Override
  public String toString() {
    return NixBase64.encode(bytes);
  }
}
