package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

/**
 * What a claim must look like.
 *
 * @param glob the text itself, where {@code *} stands for any characters, {@code ?} for one, and
 *     letters differ by case; never empty
 */
public record ClaimPattern(String glob) {
  public ClaimPattern {
    requireNonNull(glob, "glob is null");
    if (glob.isEmpty()) {
      throw new IllegalArgumentException("a pattern is not empty");
    }
  }

  /** Whether a text is so, in a time of at most the product of both lengths. */
  public boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (in < glob.length() && glob.charAt(in) == '*') {
        star = in++;
        resume = at;
      } else if (in < glob.length() && isSame(glob.charAt(in), text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    return glob.chars().skip(in).allMatch(c -> c == '*');
  }

  private static boolean isSame(char pattern, char c) {
    return pattern == '?' || pattern == c;
  }
}
