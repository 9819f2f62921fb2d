package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.HashAlgorithm;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a token's secret. A fast hash is right for 256 random bits: there is nothing to
 * guess, and every request pays for it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record SecretHash(String hex) {
  private static final int LENGTH = 64;

  /** Of no secret at all: to compare with where there is no token, in the same time. */
  static final SecretHash OF_NOTHING = new SecretHash("0".repeat(LENGTH));

  public SecretHash {
    requireNonNull(hex, "hex is null");
    if (hex.length() != LENGTH || !hex.chars().allMatch(SecretHash::isDigit)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal digits");
    }
  }

  static SecretHash of(String secret) {
    return new SecretHash(
        HexFormat.of().formatHex(HashAlgorithm.SHA256.newDigest().digest(secret.getBytes(UTF_8))));
  }

  /** Whether both are the same, in a time that does not tell how much of them is. */
  public boolean matches(SecretHash other) {
    return MessageDigest.isEqual(hex.getBytes(UTF_8), other.hex.getBytes(UTF_8));
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
