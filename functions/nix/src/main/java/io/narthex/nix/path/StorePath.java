package io.narthex.nix.path;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.Excerpt;

/**
 * A store object's name within a store directory, e.g. {@code
 * syd87l2rxw8cbsxmxl853h0r6pdwhwjr-curl-7.82.0-bin}. Ordered bytewise, as Nix sorts references.
 *
 * @param hash the digest
 * @param name the name behind it
 * @see <a href="https://nix.dev/manual/nix/latest/store/store-path">Store path</a>
 */
public record StorePath(StorePathHash hash, StorePathName name) implements Comparable<StorePath> {
  private static final String DERIVATION_SUFFIX = ".drv";

  public StorePath {
    requireNonNull(hash, "hash is null");
    requireNonNull(name, "name is null");
  }

  /**
   * Reads a base name: hash, dash, name.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static StorePath parse(String baseName) {
    return parse(baseName, 0, baseName.length());
  }

  /**
   * Reads a base name that is part of a text.
   *
   * @param start where it begins
   * @param end behind its last character
   * @throws IllegalArgumentException as {@link #parse(String)}
   */
  public static StorePath parse(String text, int start, int end) {
    int dash = start + StorePathHash.LENGTH;
    if (end <= dash || text.charAt(dash) != '-') {
      throw new IllegalArgumentException(
          "not hash-name: " + Excerpt.of(text.substring(start, end)));
    }
    return new StorePath(
        new StorePathHash(text.substring(start, dash)),
        new StorePathName(text.substring(dash + 1, end)));
  }

  /**
   * Whether a part of a text is a base name, without making one of it.
   *
   * @param start where it begins
   * @param end behind its last byte
   */
  public static boolean isBaseName(byte[] ascii, int start, int end) {
    int dash = start + StorePathHash.LENGTH;
    return end > dash
        && ascii[dash] == '-'
        && StorePathHash.isValid(ascii, start)
        && StorePathName.isValid(ascii, dash + 1, end);
  }

  /** Whether the name ends in {@code .drv}. */
  public boolean isDerivation() {
    return name.name().endsWith(DERIVATION_SUFFIX);
  }

  @Override
  public int compareTo(StorePath other) {
    int byHash = hash.compareTo(other.hash);
    return byHash != 0 ? byHash : name.compareTo(other.name);
  }

  /** The base name. */
  @Override
  public String toString() {
    return hash + "-" + name;
  }
}
