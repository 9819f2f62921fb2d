package io.narthex.nix.signature;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.Excerpt;

/**
 * The name of a signing key, e.g. {@code cache.nixos.org-1}.
 *
 * @param name not empty, without colons, white space and control characters
 */
public record KeyName(String name) implements Comparable<KeyName> {
  public KeyName {
    requireNonNull(name, "name is null");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("key name is empty");
    }
    for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
      if (isForbidden(name.codePointAt(i))) {
        throw new IllegalArgumentException("illegal character in key name " + Excerpt.of(name));
      }
    }
  }

  private static boolean isForbidden(int c) {
    return c == ':'
        || Character.isWhitespace(c)
        || Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  @Override
  public int compareTo(KeyName other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
