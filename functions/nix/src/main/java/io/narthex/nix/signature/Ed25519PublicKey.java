package io.narthex.nix.signature;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 32 bytes of an Ed25519 public key, without a name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
public final class Ed25519PublicKey {
  /** How many bytes a public key has. */
  public static final int SIZE = 32;

  /** What precedes the bytes of a key in its X.509 form. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] bytes;

  private Ed25519PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A key of these bytes' value, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32, for a point of small order, such as a
   *     placeholder of zeros, with which anyone can make signatures that verify, and for a y
   *     coordinate that is not below the order of the field: libsodium verifies nothing with either
   */
  public static Ed25519PublicKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("public key has %d bytes, not 32".formatted(bytes.length));
    }
    if (EncodedPoint.isOfSmallOrder(bytes)) {
      throw new IllegalArgumentException("public key has no secret half: it is of small order");
    }
    if (!EncodedPoint.isCanonical(bytes)) {
      throw new IllegalArgumentException("public key is not in its canonical form");
    }
    return new Ed25519PublicKey(bytes.clone());
  }

  /**
   * Reads the X.509 form of a key, in DER, as AWS KMS gives it.
   *
   * @throws IllegalArgumentException for a key of another kind, and as {@link #of}
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8410#section-4">RFC 8410, section 4</a>
   */
  public static Ed25519PublicKey ofX509(byte[] der) {
    if (der.length != X509_PREFIX.length + SIZE
        || !Arrays.equals(Arrays.copyOf(der, X509_PREFIX.length), X509_PREFIX)) {
      throw new IllegalArgumentException("not the X.509 form of an Ed25519 key");
    }
    return of(Arrays.copyOfRange(der, X509_PREFIX.length, der.length));
  }

  /** The X.509 form, in DER. */
  byte[] x509() {
    byte[] der = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + SIZE);
    System.arraycopy(bytes, 0, der, X509_PREFIX.length, SIZE);
    return der;
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
