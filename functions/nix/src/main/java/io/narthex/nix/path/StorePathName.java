package io.narthex.nix.path;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.text.Excerpt;

/**
 * The part of a store path behind the hash, e.g. {@code hello-2.12.1}.
 *
 * @param name 1 to 211 letters, digits and {@code + - . _ ? =}; not {@code .} or {@code ..}, nor
 *     beginning {@code .-} or {@code ..-}
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libstore/path.cc">path.cc</a>
 */
public record StorePathName(String name) implements Comparable<StorePathName> {
  /** How many characters a name may have. */
  public static final int MAX_LENGTH = 211;

  private static final String PUNCTUATION = "+-._?=";
  private static final boolean[] ALLOWED = allowed();

  public StorePathName {
    requireNonNull(name, "name is null");
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "store path name has %d characters, not 1 to %d".formatted(name.length(), MAX_LENGTH));
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isAllowed(name.charAt(i))) {
        throw new IllegalArgumentException("illegal character in name " + Excerpt.of(name));
      }
    }
    if (isDots(name)) {
      throw new IllegalArgumentException("name may not begin like that: " + Excerpt.of(name));
    }
  }

  private static boolean[] allowed() {
    var allowed = new boolean['z' + 1];
    for (char c = 0; c < allowed.length; c++) {
      allowed[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PUNCTUATION.indexOf(c) >= 0;
    }
    return allowed;
  }

  /** Whether a name may have this character. */
  public static boolean isAllowed(char c) {
    return c < ALLOWED.length && ALLOWED[c];
  }

  /** Whether a part of a text is one. */
  static boolean isValid(byte[] ascii, int start, int end) {
    if (end <= start || end - start > MAX_LENGTH) {
      return false;
    }
    boolean isAllowed = true;
    for (int i = start; i < end; i++) {
      isAllowed &= isAllowed((char) Byte.toUnsignedInt(ascii[i]));
    }
    return isAllowed
        && (ascii[start] != '.' || !isDots(new String(ascii, start, end - start, US_ASCII)));
  }

  private static boolean isDots(String name) {
    if (name.charAt(0) != '.') {
      return false;
    }
    int dash = name.indexOf('-');
    String head = dash < 0 ? name : name.substring(0, dash);
    return head.equals(".") || head.equals("..");
  }

  @Override
  public int compareTo(StorePathName other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
