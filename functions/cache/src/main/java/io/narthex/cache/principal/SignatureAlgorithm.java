package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a web token may be signed; nothing else is looked at, above all neither {@code none} nor a
 * secret that both sides know.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037</a>
 */
public enum SignatureAlgorithm {
  /** RSA with SHA-256. */
  RS256("RS256", "RSA"),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256", "EC"),
  /** Ed25519. */
  EDDSA("EdDSA", "OKP");

  private final String text;
  private final String keyType;

  SignatureAlgorithm(String text, String keyType) {
    this.text = requireNonNull(text, "text is null");
    this.keyType = requireNonNull(keyType, "keyType is null");
  }

  /** The one that {@code alg} names, which is case-sensitive. */
  static Optional<SignatureAlgorithm> named(String alg) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.text.equals(alg)).findFirst();
  }

  /** As {@code alg} has it. */
  public String text() {
    return text;
  }

  /** The {@code kty} of its keys. */
  public String keyType() {
    return keyType;
  }
}
