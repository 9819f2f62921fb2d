package io.narthex.local.audit.signature;

import static io.narthex.local.audit.signature.BigPoint.ORDER;
import static io.narthex.local.audit.signature.BigPoint.P;
import static io.narthex.local.audit.signature.BigPoint.littleEndian;
import static io.narthex.local.audit.signature.BigPoint.number;

import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.Ed25519Signature;
import io.narthex.nix.signature.SignatureVerifier;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A key, a message and a signature, each in hex. */
record SignatureCase(String name, String key, String message, String signature) {
  private static final BigInteger EIGHT = BigInteger.valueOf(8);
  private static final HexFormat HEX = HexFormat.of();

  static SignatureCase of(String name, byte[] key, byte[] message, byte[] signature) {
    return new SignatureCase(
        name, HEX.formatHex(key), HEX.formatHex(message), HEX.formatHex(signature));
  }

  byte[] keyBytes() {
    return HEX.parseHex(key);
  }

  byte[] messageBytes() {
    return HEX.parseHex(message);
  }

  byte[] signatureBytes() {
    return HEX.parseHex(signature);
  }

  /** What a verifier answers; a key that is refused verifies nothing. */
  boolean isTakenBy(SignatureVerifier verifier) {
    Ed25519PublicKey publicKey;
    try {
      publicKey = Ed25519PublicKey.of(keyBytes());
    } catch (IllegalArgumentException refused) {
      return false;
    }
    return verifier.verify(publicKey, messageBytes(), Ed25519Signature.of(signatureBytes()));
  }

  /**
   * What libsodium up to 1.0.18 answers, by its own steps.
   *
   * @see <a
   *     href="https://github.com/jedisct1/libsodium/blob/1.0.18/src/libsodium/crypto_sign/ed25519/ref10/open.c">open.c</a>
   */
  boolean isTakenByTheBook() {
    byte[] nonce = Arrays.copyOf(signatureBytes(), 32);
    BigInteger s = number(Arrays.copyOfRange(signatureBytes(), 32, 64));
    Optional<BigPoint> point = point(keyBytes());
    if (s.compareTo(ORDER) >= 0 || isOfSmallOrder(nonce) || y(keyBytes()).compareTo(P) >= 0) {
      return false;
    }
    if (point.isEmpty() || isOfSmallOrder(keyBytes())) {
      return false;
    }
    BigInteger h = challenge(nonce, keyBytes(), messageBytes());
    byte[] computed = BigPoint.BASE.times(s).plus(point.get().times(h).negate()).encode();
    return Arrays.equals(computed, nonce);
  }

  /** What is signed, as a number. */
  static BigInteger challenge(byte[] nonce, byte[] key, byte[] message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(nonce);
      digest.update(key);
      return number(digest.digest(message)).mod(ORDER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOfSmallOrder(byte[] encoded) {
    return point(encoded)
        .filter(point -> Arrays.equals(point.times(EIGHT).encode(), littleEndian(BigInteger.ONE)))
        .isPresent();
  }

  private static Optional<BigPoint> point(byte[] encoded) {
    return BigPoint.decode(y(encoded).mod(P), encoded[31] < 0);
  }

  private static BigInteger y(byte[] encoded) {
    return number(encoded).clearBit(255);
  }

  @Override
  public String toString() {
    return name;
  }
}
