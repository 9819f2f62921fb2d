package io.narthex.nix.path;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Nix32;
import io.narthex.nix.text.Excerpt;

/**
 * The 160-bit digest that begins a store path, as 32 nix32 characters, e.g. {@code
 * syd87l2rxw8cbsxmxl853h0r6pdwhwjr}.
 *
 * @param nix32 exactly 32 characters of the nix32 alphabet
 * @see <a href="https://nix.dev/manual/nix/latest/store/store-path">Store path</a>
 */
public record StorePathHash(String nix32) implements Comparable<StorePathHash> {
  /** How many characters the hash part of a store path has. */
  public static final int LENGTH = 32;

  public StorePathHash {
    requireNonNull(nix32, "nix32 is null");
    if (!isValid(nix32)) {
      throw new IllegalArgumentException("not 32 nix32 characters: " + Excerpt.of(nix32));
    }
  }

  /** Whether the text is the hash part of a store path. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    int digits = 0;
    for (int i = 0; i < LENGTH; i++) {
      digits |= Nix32.digit(text.charAt(i));
    }
    return digits >= 0;
  }

  /** Whether 32 bytes of a text are one, which begins there. */
  static boolean isValid(byte[] ascii, int start) {
    int digits = 0;
    for (int i = start; i < start + LENGTH; i++) {
      digits |= Nix32.digit((char) Byte.toUnsignedInt(ascii[i]));
    }
    return digits >= 0;
  }

  @Override
  public int compareTo(StorePathHash other) {
    return nix32.compareTo(other.nix32);
  }

  @Override
  public String toString() {
    return nix32;
  }
}
