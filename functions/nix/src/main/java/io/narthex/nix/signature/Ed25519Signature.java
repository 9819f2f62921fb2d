package io.narthex.nix.signature;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 64 bytes of an Ed25519 signature, without a key name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
public final class Ed25519Signature {
  /** How many bytes a signature has. */
  public static final int SIZE = 64;

  private static final int HALF = SIZE / 2;
  private static final byte[] GROUP_ORDER =
      HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

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

  /**
   * Whether the second half is a number below the order of the group, and the first one canonical
   * and not a point of small order. Others are what somebody made of a signature, or made with a
   * key that is his own, and verify with no key for libsodium, so for Nix.
   *
   * @see <a
   *     href="https://github.com/jedisct1/libsodium/blob/1.0.18/src/libsodium/crypto_sign/ed25519/ref10/open.c">libsodium,
   *     open.c</a>
   */
  public boolean isCanonical() {
    return EncodedPoint.isBelow(Arrays.copyOfRange(bytes, HALF, SIZE), GROUP_ORDER)
        && EncodedPoint.isCanonical(bytes)
        && !EncodedPoint.isOfSmallOrder(bytes);
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
