package io.narthex.nix.path;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.Excerpt;
import java.util.Arrays;

/**
 * The directory that holds a store's objects, e.g. {@code /nix/store}. It is part of every
 * fingerprint, so a cache serves clients with the same one only.
 *
 * @param path absolute, without a trailing slash, an empty, {@code .} or {@code ..} component,
 *     blanks or control characters, or the separators of fingerprints {@code : ; ,}
 * @see <a href="https://nix.dev/manual/nix/latest/store/store-path#store-directory">Store
 *     directory</a>
 */
public record StoreDir(String path) {
  /** {@code /nix/store}. */
  public static final StoreDir DEFAULT = new StoreDir("/nix/store");

  private static final String SEPARATORS = ":;,";

  public StoreDir {
    requireNonNull(path, "path is null");
    if (!path.startsWith("/") || !componentsAreProper(path)) {
      throw new IllegalArgumentException(
          "store directory is not a plain absolute path: " + Excerpt.of(path));
    }
    if (path.codePoints().anyMatch(StoreDir::isForbidden)) {
      throw new IllegalArgumentException(
          "illegal character in store directory " + Excerpt.of(path));
    }
  }

  private static boolean componentsAreProper(String path) {
    return Arrays.stream(path.substring(1).split("/", -1))
        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || Character.isWhitespace(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || SEPARATORS.indexOf(c) >= 0;
  }

  /** The absolute path of an object in this directory. */
  public String print(StorePath storePath) {
    return path + "/" + storePath;
  }

  /**
   * Reads the absolute path of an object in this directory.
   *
   * @throws IllegalArgumentException for a path in another directory, deeper down, or without a
   *     valid base name
   */
  public StorePath parse(String fullPath) {
    if (!fullPath.startsWith(path + "/")) {
      throw new IllegalArgumentException(
          "path %s is not in %s".formatted(Excerpt.of(fullPath), path));
    }
    return StorePath.parse(fullPath.substring(path.length() + 1));
  }

  @Override
  public String toString() {
    return path;
  }
}
