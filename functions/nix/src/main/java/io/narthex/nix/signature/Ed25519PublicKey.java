package io.narthex.nix.signature;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;

/**
 * The 32 bytes of an Ed25519 public key, without a name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
public final class Ed25519PublicKey {
  /** How many bytes a public key has. */
  public static final int SIZE = 32;

  private final byte[] bytes;

  private Ed25519PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A key of these bytes' value, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32, or for a point of small order, such as a
   *     placeholder of zeros: anyone can make signatures that verify with such a key, and libsodium
   *     refuses all of them
   */
  public static Ed25519PublicKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("public key has %d bytes, not 32".formatted(bytes.length));
    }
    if (SmallOrderPoints.contains(bytes)) {
      throw new IllegalArgumentException("public key has no secret half: it is of small order");
    }
    return new Ed25519PublicKey(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey key && Arrays.equals(bytes, key.bytes);
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
