package io.narthex.nix.hash;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.Excerpt;
import io.narthex.nix.text.NixBase64;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A digest with its algorithm. Two hashes are equal if both are, however they were spelled.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libutil/hash.cc">hash.cc</a>
 */
public final class Hash {
  private final HashAlgorithm algorithm;
  private final byte[] bytes;

  private Hash(HashAlgorithm algorithm, byte[] bytes) {
    this.algorithm = requireNonNull(algorithm, "algorithm is null");
    this.bytes = bytes;
  }

  /**
   * A hash of these bytes' value, which are copied.
   *
   * @throws IllegalArgumentException if there are more or fewer bytes than the algorithm has
   */
  public static Hash of(HashAlgorithm algorithm, byte[] bytes) {
    if (bytes.length != algorithm.size()) {
      throw new IllegalArgumentException(
          "%s has %d bytes, not %d".formatted(algorithm, algorithm.size(), bytes.length));
    }
    return new Hash(algorithm, bytes.clone());
  }

  /**
   * Reads {@code algo:} followed by base 16, nix32 or base64, told apart by length, or SRI: {@code
   * algo-base64}.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static Hash parse(String text) {
    int colon = text.indexOf(':');
    int separator = colon < 0 ? text.indexOf('-') : colon;
    if (separator < 0) {
      throw new IllegalArgumentException("hash without an algorithm: " + Excerpt.of(text));
    }
    HashAlgorithm algorithm = algorithm(text.substring(0, separator));
    String digits = text.substring(separator + 1);
    return colon < 0 ? fromBase64(algorithm, digits) : parse(algorithm, digits);
  }

  /**
   * Reads base 16, nix32 or base64, told apart by length, of a known algorithm.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static Hash parse(HashAlgorithm algorithm, String digits) {
    int size = algorithm.size();
    if (digits.length() == size * 2) {
      return fromBase16(algorithm, digits);
    }
    if (digits.length() == Nix32.encodedLength(size)) {
      return new Hash(algorithm, Nix32.decode(digits, size));
    }
    if (digits.length() == (size + 2) / 3 * 4) {
      return fromBase64(algorithm, digits);
    }
    throw wrongLength(algorithm, digits);
  }

  private static HashAlgorithm algorithm(String label) {
    return HashAlgorithm.labelled(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown hash algorithm %s; known are md5, sha1, sha256, sha512"
                        .formatted(Excerpt.of(label))));
  }

  private static Hash fromBase16(HashAlgorithm algorithm, String digits) {
    if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("not base 16: " + Excerpt.of(digits));
    }
    return new Hash(algorithm, HexFormat.of().parseHex(digits));
  }

  private static Hash fromBase64(HashAlgorithm algorithm, String digits) {
    byte[] bytes = NixBase64.decode(digits);
    if (bytes.length != algorithm.size()) {
      throw wrongLength(algorithm, digits);
    }
    return new Hash(algorithm, bytes);
  }

  private static IllegalArgumentException wrongLength(HashAlgorithm algorithm, String digits) {
    return new IllegalArgumentException(
        "wrong length for %s: %s".formatted(algorithm, Excerpt.of(digits)));
  }

  /** The algorithm. */
  public HashAlgorithm algorithm() {
    return algorithm;
  }

  /** A copy of the digest. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The digest in nix32, without the algorithm. */
  public String nix32() {
    return Nix32.encode(bytes);
  }

  /** The digest in lower-case base 16, without the algorithm. */
  public String base16() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The digest in padded base64, without the algorithm. */
  public String base64() {
    return NixBase64.encode(bytes);
  }

  /**
   * The form of W3C subresource integrity, e.g. {@code
   * sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=}.
   */
  public String sri() {
    return algorithm.label() + "-" + base64();
  }

  /** {@code algo:nix32}, as Nix writes hashes in a narinfo. */
  @Override
  public String toString() {
    return algorithm.label() + ":" + nix32();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash
        && algorithm == hash.algorithm
        && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
