package io.narthex.nix.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The hash algorithms that a narinfo may name. BLAKE3, experimental in Nix, is not among them.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/json/hash">Hash algorithms</a>
 */
public enum HashAlgorithm {
  MD5("md5", "MD5", 16),
  SHA1("sha1", "SHA-1", 20),
  SHA256("sha256", "SHA-256", 32),
  SHA512("sha512", "SHA-512", 64);

  private static final Map<String, HashAlgorithm> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(HashAlgorithm::label, a -> a));

  private final String label;
  private final int size;

  /** Of which every digest is a copy: looking for a provider takes longer than a short text. */
  @SuppressWarnings("ImmutableEnumChecker") // copied, and never written to
  private final MessageDigest prototype;

  HashAlgorithm(String label, String digestName, int size) {
    this.label = label;
    this.size = size;
    this.prototype = prototype(digestName);
  }

  private static MessageDigest prototype(String digestName) {
    try {
      return MessageDigest.getInstance(digestName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + digestName, e);
    }
  }

  /** The name before the colon, e.g. {@code sha256}. */
  public String label() {
    return label;
  }

  /** How many bytes a hash has. */
  public int size() {
    return size;
  }

  /** A fresh digest of this algorithm. */
  public MessageDigest newDigest() {
    try {
      return (MessageDigest) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java cannot copy a digest", e);
    }
  }

  /** The hash of these bytes. */
  public Hash hash(byte[] content) {
    return Hash.of(this, newDigest().digest(content));
  }

  /** The algorithm with this label; empty for a name that is not known. */
  public static Optional<HashAlgorithm> labelled(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  @Override
  public String toString() {
    return label;
  }
}
