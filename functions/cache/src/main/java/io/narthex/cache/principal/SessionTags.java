package io.narthex.cache.principal;

import static java.util.Locale.ROOT;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tags of a principal's session, {@code aws:PrincipalTag/…}: as many, as long and of the
 * characters that AWS takes.
 *
 * @param values by key; at most 50, of keys that differ in more than the case of their letters
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html">Tag</a>
 */
public record SessionTags(Map<String, String> values) {
  /** None. */
  public static final SessionTags NONE = new SessionTags(Map.of());

  private static final int MAX = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final String PUNCTUATION = "_.:/=+-@";

  public SessionTags {
    values = Map.copyOf(values);
    if (values.size() > MAX) {
      throw new IllegalArgumentException("a session has at most 50 tags");
    }
    Set<String> seen = new HashSet<>();
    values.forEach(
        (key, value) -> {
          requireKey(key);
          requireValue(key, value);
          if (!seen.add(key.toLowerCase(ROOT))) {
            throw new IllegalArgumentException("two tags are named " + key);
          }
        });
  }

  private static void requireKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY || !isText(key)) {
      throw new IllegalArgumentException(
          "the key of a tag has 1 to 128 letters, digits, spaces and " + PUNCTUATION);
    }
    if (key.toLowerCase(ROOT).startsWith("aws:")) {
      throw new IllegalArgumentException("keys that begin with aws: are AWS's own: " + key);
    }
  }

  private static void requireValue(String key, String value) {
    if (value.length() > MAX_VALUE || !isText(value)) {
      throw new IllegalArgumentException(
          "the value of tag %s has at most 256 letters, digits, spaces and %s"
              .formatted(key, PUNCTUATION));
    }
  }

  /** Whether AWS takes a text as the value of a tag. */
  public static boolean isValue(String value) {
    return value.length() <= MAX_VALUE && isText(value);
  }

  // As AWS has it: [\p{L}\p{Z}\p{N}_.:/=+\-@]
  private static boolean isText(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                Character.isLetter(c)
                    || Character.isSpaceChar(c)
                    || isNumber(c)
                    || PUNCTUATION.indexOf(c) >= 0);
  }

  private static boolean isNumber(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }
}
