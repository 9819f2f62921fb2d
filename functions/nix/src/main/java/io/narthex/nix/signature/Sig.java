package io.narthex.nix.signature;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.NixBase64;
import java.util.Comparator;
import java.util.Optional;

/**
 * One {@code Sig} field: who claims to have signed, and with what. Ordered by text, as Nix sorts
 * them.
 *
 * <p>Nix reads a signature of the wrong length without complaint, and aborts when its key name is
 * one that it trusts; so such a one is kept here, without an {@link #signature()}.
 *
 * @param keyName the key's name
 * @param base64 at least one byte, in padded base64; other spellings that Nix reads are normalised
 */
public record Sig(KeyName keyName, String base64) implements Comparable<Sig> {
  private static final Comparator<Sig> BY_TEXT = Comparator.comparing(Sig::toString);

  public Sig {
    requireNonNull(keyName, "keyName is null");
    byte[] bytes = NixBase64.decode(requireNonNull(base64, "base64 is null"));
    if (bytes.length == 0) {
      throw new IllegalArgumentException("signature by %s is empty".formatted(keyName));
    }
    base64 = NixBase64.encode(bytes);
  }

  /** A well-formed signature by a key of this name. */
  public static Sig of(KeyName keyName, Ed25519Signature signature) {
    return new Sig(keyName, signature.toString());
  }

  /**
   * Reads {@code name:base64}.
   *
   * @throws IllegalArgumentException without a colon, with an empty part, or for what is not base64
   */
  public static Sig parse(String text) {
    NamedBytes parts = NamedBytes.parse(text);
    return new Sig(parts.name(), parts.base64());
  }

  /** The signature; empty if there are not exactly 64 bytes. */
  public Optional<Ed25519Signature> signature() {
    byte[] bytes = NixBase64.decode(base64);
    return bytes.length == Ed25519Signature.SIZE
        ? Optional.of(Ed25519Signature.of(bytes))
        : Optional.empty();
  }

  @Override
  public int compareTo(Sig other) {
    return BY_TEXT.compare(this, other);
  }

  /** {@code name:base64}. */
  @Override
  public String toString() {
    return keyName + ":" + base64;
  }
}
